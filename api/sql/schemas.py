"""What is asked of ad-hoc SQL over HTTP, and what it answers."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from api.sql.settings import MAX_QUERY_LENGTH, MAX_ROWS

QUERY: dict[str, Any] = {
    "min_length": 1,
    "max_length": MAX_QUERY_LENGTH,
    "description": "One `select` in DuckDB's SQL over the schemas marts, quality and recommender.",
}
QUERY_EXAMPLE = "select title, tmdb_vote_mean from dim_movies order by tmdb_vote_count desc, movie_id limit 5"
LIMIT: dict[str, Any] = {
    "ge": 1,
    "le": MAX_ROWS,
    "description": "How many rows to answer at most; 1,000 if the service is not set otherwise.",
}
Query = Annotated[str, Meta(**QUERY, examples=[QUERY_EXAMPLE])]
Parameters = Annotated[
    dict[str, Any],
    Meta(description="Values for the `$name` parameters of the query, as JSON values.", examples=[{"year": 1995}]),
]
Limit = Annotated[int, Meta(**LIMIT)]


class SqlQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A query with its parameters."""

    query: Query
    parameters: Parameters = {}
    limit: Limit | None = None


class SqlColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column of the answer."""

    name: Annotated[str, Meta(description="Its name; a second column `a` is called `a_1`.", examples=["title"])]
    type: Annotated[str, Meta(description="Its DuckDB type.", examples=["VARCHAR"])]


class SqlAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a query."""

    columns: Annotated[list[SqlColumn], Meta(description="The columns, in their order.")]
    data: Annotated[
        list[dict[str, Any]],
        Meta(
            description="The rows, column to value. Dates and times are ISO 8601, intervals ISO 8601 durations with "
            "months of 30 days, blobs base64, exact numbers all their digits; NaN and the infinities are null."
        ),
    ]
    row_count: Annotated[int, Meta(description="How many rows these are.", examples=[1])]
    is_truncated: Annotated[bool, Meta(description="Whether the limit cut off more rows.")]
    milliseconds: Annotated[float, Meta(description="How long the query took.", examples=[1.5])]
