"""What is asked of ad-hoc SQL over HTTP, and what it answers."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from api.sandbox.settings import MAX_QUERY_LENGTH, MAX_ROWS

QUERY = "One `select` in DuckDB's SQL over the tables of the schemas marts, quality and recommender."
PARAMETERS = "Values for the `$name` parameters of the query"
EXAMPLE = "select title, release_year from dim_movies order by tmdb_vote_count desc nulls last, movie_id limit 3"
EXAMPLE_WITH_PARAMETER = "select title from dim_movies where release_year = $year order by movie_id"
LIMIT = "Rows to answer at most; 1,000 unless given or set otherwise by the service."


class SqlQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A query with its parameters."""

    query: Annotated[
        str, Meta(min_length=1, max_length=MAX_QUERY_LENGTH, description=QUERY, examples=[EXAMPLE_WITH_PARAMETER])
    ]
    parameters: Annotated[
        dict[str, Any], Meta(description=f"{PARAMETERS}, as JSON values.", examples=[{"year": 1995}])
    ] = {}
    limit: Annotated[Annotated[int, Meta(ge=1, le=MAX_ROWS)] | None, Meta(description=LIMIT)] = None


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
            "months of 30 days, blobs base64, exact numbers all their digits; NaN and infinite numbers are null. "
            "Infinite dates and times are the first and the last of the calendar, 0001-01-01 and 9999-12-31; cast to "
            "varchar, they are `infinity`."
        ),
    ]
    row_count: Annotated[int, Meta(description="How many rows these are.", examples=[1])]
    is_truncated: Annotated[bool, Meta(description="Whether the limit cut off more rows.")]
    milliseconds: Annotated[float, Meta(description="How long the query took.", examples=[1.5])]
