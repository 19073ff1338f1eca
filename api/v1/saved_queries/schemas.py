"""Responses about saved queries."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from api.http.examples import described

Name = Annotated[str, described("Name of the query.", "dirigidas")]
Domain = Annotated[str, described("The part of the API that uses the query.", "consigna")]
Description = Annotated[str, described("The result of the query.", "The films of a director, by date.")]
Tables = Annotated[
    list[str], described("The tables that the query reads.", ["marts.dim_movies", "marts.fct_movie_directors"])
]


class SavedQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A query that can be run."""

    name: Name
    domain: Domain
    description: Description
    parameters: Annotated[list[str], described("Names of the parameters.", ["id"])]
    tables: Tables


class SavedQueries(msgspec.Struct, frozen=True, kw_only=True):
    """All queries that can be run."""

    data: Annotated[list[SavedQuery], Meta(description="The queries, by name.")]


class QueryParameter(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter of a query; null unless given."""

    name: Annotated[str, described("Name, without the $.", "id")]
    type: Annotated[str, described("DuckDB type; a type that ends in [] accepts several values.", "INTEGER")]


class SavedQueryDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A query with its text and the types of its parameters."""

    name: Name
    domain: Domain
    description: Description
    parameters: Annotated[list[QueryParameter], Meta(description="The parameters, in the order of the text.")]
    tables: Tables
    sql: Annotated[
        str,
        described(
            "The SQL. A condition `and ($name is null or …)` is omitted if $name is not given.",
            "select title as titulo\nfrom marts.fct_movie_directors\n…",
        ),
    ]


class ResultColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a result."""

    name: Annotated[str, described("Name.", "titulo")]
    type: Annotated[str, described("DuckDB type.", "VARCHAR")]


class QueryRows(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a result."""

    columns: Annotated[list[ResultColumn], Meta(description="The columns, in order.")]
    data: Annotated[list[dict[str, Any]], described("The rows, in the order of the query.", [{"titulo": "Amélie"}])]
    row_count: Annotated[int, described("Number of rows in `data`.", 1)]
    is_truncated: Annotated[bool, described("Whether there are more rows; files contain all unless limited.", False)]
