"""The query parameters that every list has."""

from typing import Annotated

import msgspec
from msgspec import Meta

MAX_LIMIT = 1000
"""Maximum rows of a page."""
DEFAULT_LIMIT = 50
"""Default rows of a page."""
_CURSOR = "Where the page starts: `next_cursor` of the previous page. Use it with the same filters and sort."


def row_limit_parameter(default: int, maximum: int) -> Meta:
    """Return the annotation of the parameter that limits the rows of a response."""
    description = f"Maximum rows; {default} by default. CSV, NDJSON, Parquet and Arrow return all rows by default."
    return Meta(ge=1, le=maximum, description=description)


class PageParams(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows of a list to return, in which order and with which fields."""

    limit: Annotated[int, row_limit_parameter(DEFAULT_LIMIT, MAX_LIMIT)] | None = None
    cursor: Annotated[str, Meta(min_length=1, max_length=2000, description=_CURSOR)] | None = None
    sort: str
    fields: list[str] | None = None
    total: Annotated[bool, Meta(description="Whether to count the rows of all pages, as `total`.")] = False
