"""The request and the answer of ad-hoc SQL."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from api.http.examples import described
from api.sandbox.protocol import MAX_QUERY_LENGTH, MAX_ROWS

QUERY = "One `select` in DuckDB's SQL over the tables of the schemas marts, quality and recommender."
PARAMETERS = "Values for the `$name` parameters of the query"
EXAMPLE = "select title, release_year from dim_movies order by tmdb_vote_count desc nulls last, movie_id limit 3"
EXAMPLE_WITH_PARAMETER = "select title from dim_movies where release_year = $year order by movie_id"
LIMIT = "Maximum number of rows; 1,000 by default, unless the service is set up otherwise."


class SqlQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    query: Annotated[str, described(QUERY, EXAMPLE_WITH_PARAMETER, min_length=1, max_length=MAX_QUERY_LENGTH)]
    parameters: Annotated[dict[str, Any], described(f"{PARAMETERS}, as JSON values.", {"year": 1995})] = {}
    limit: Annotated[Annotated[int, Meta(ge=1, le=MAX_ROWS)] | None, Meta(description=LIMIT)] = None


class SqlColumn(msgspec.Struct, frozen=True, kw_only=True):
    name: Annotated[str, described("The name; a second column `a` becomes `a_1`.", "title")]
    type: Annotated[str, described("The DuckDB type.", "VARCHAR")]


class SqlAnswer(msgspec.Struct, frozen=True, kw_only=True):
    columns: Annotated[list[SqlColumn], Meta(description="The columns, in the order of the query.")]
    data: Annotated[
        list[dict[str, Any]],
        described(
            "The rows, column to value. Dates and times are ISO 8601, intervals ISO 8601 durations with months of 30 "
            "days, blobs base64, and exact numbers have all their digits; NaN and infinite numbers are null. Infinite "
            "dates are the first and last day of the calendar, 0001-01-01 and 9999-12-31; cast to varchar, they are "
            "`infinity`.",
            [{"title": "Toy Story"}],
        ),
    ]
    row_count: Annotated[int, described("The number of rows.", 1)]
    is_truncated: Annotated[bool, described("Whether the query has more rows than the limit.", False)]
    milliseconds: Annotated[float, described("The duration of the query.", 1.5)]
