"""What the service says about itself."""

from typing import Annotated

import msgspec
from msgspec import Meta


class Operation(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be asked."""

    path: Annotated[str, Meta(description="Path, with its parameter in braces.", examples=["/score-titulo/{titulo}"])]
    summary: Annotated[str, Meta(description="What it answers.")]
    example: Annotated[str, Meta(description="A path to try.", examples=["/score-titulo/Toy%20Story"])]


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """Where everything is."""

    name: Annotated[str, Meta(description="The service's name.", examples=["Filmoteca"])]
    version: Annotated[str, Meta(description="The service's version.", examples=["0.1.0"])]
    openapi: Annotated[str, Meta(description="The OpenAPI document.", examples=["/schema/openapi.json"])]
    reference: Annotated[str, Meta(description="The page to read and try it all on.", examples=["/docs/api"])]
    operations: Annotated[list[Operation], Meta(description="Everything that can be asked.")]
