"""The API's own queries, as /v1 answers them."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta


class SavedQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A query that can be run."""

    name: Annotated[str, Meta(description="Its name.", examples=["score_titulo"])]
    domain: Annotated[str, Meta(description="The part of the API that asks it.", examples=["consigna"])]
    description: Annotated[str, Meta(description="What it answers.", examples=["Films under any filters."])]
    parameters: Annotated[list[str], Meta(description="What can be given.", examples=[["nombre", "anio"]])]
    tables: Annotated[list[str], Meta(description="The tables that it reads.", examples=[["marts.dim_movies"]])]


class SavedQueries(msgspec.Struct, frozen=True, kw_only=True):
    """All queries that can be run."""

    data: Annotated[list[SavedQuery], Meta(description="The queries, by name.")]


class QueryParameter(msgspec.Struct, frozen=True, kw_only=True):
    """A $parameter of a query; null unless it is given."""

    name: Annotated[str, Meta(description="Its name, without the $.", examples=["anio"])]
    type: Annotated[
        str, Meta(description="Its type in DuckDB; [] at the end takes several values.", examples=["INTEGER"])
    ]


class SavedQueryDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A query with its text and the types of its parameters."""

    name: Annotated[str, Meta(description="Its name.", examples=["score_titulo"])]
    domain: Annotated[str, Meta(description="The part of the API that asks it.", examples=["consigna"])]
    description: Annotated[str, Meta(description="What it answers.", examples=["Films under any filters."])]
    parameters: Annotated[list[QueryParameter], Meta(description="What can be given, in the order of the text.")]
    tables: Annotated[list[str], Meta(description="The tables that it reads.", examples=[["marts.dim_movies"]])]
    sql: Annotated[
        str,
        Meta(description="Its text. A condition `and ($name is null or …)` is left out while $name is not given."),
    ]


class ResultColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column of an answer."""

    name: Annotated[str, Meta(description="Its name.", examples=["titulo"])]
    type: Annotated[str, Meta(description="Its type in DuckDB.", examples=["VARCHAR"])]


class QueryRows(msgspec.Struct, frozen=True, kw_only=True):
    """What a query answers."""

    columns: Annotated[list[ResultColumn], Meta(description="The columns, in their order.")]
    data: Annotated[list[dict[str, Any]], Meta(description="The rows, in the order of the query.")]
    row_count: Annotated[int, Meta(description="How many rows these are.", examples=[1])]
    is_truncated: Annotated[bool, Meta(description="Whether there are more; files hold all unless a limit is given.")]
