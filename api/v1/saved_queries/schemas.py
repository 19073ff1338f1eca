"""Responses about saved queries."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from api.http.examples import described


class QuerySummary(msgspec.Struct, frozen=True, kw_only=True):
    name: Annotated[str, described("Name of the query.", "dirigidas")]
    domain: Annotated[str, described("The part of the API that uses the query.", "consigna")]
    description: Annotated[str, described("The result of the query.", "The films of a director, by date.")]
    tables: Annotated[list[str], described("The tables that the query reads.", ["marts.fct_movie_directors"])]


class SavedQuery(QuerySummary, frozen=True, kw_only=True):
    parameters: Annotated[list[str], described("Names of the parameters.", ["id"])]


class SavedQueries(msgspec.Struct, frozen=True, kw_only=True):
    data: Annotated[list[SavedQuery], Meta(description="The queries, by name.")]


class QueryParameter(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter of a query; null unless given."""

    name: Annotated[str, described("Name, without the $.", "id")]
    type: Annotated[str, described("DuckDB type; a type that ends in [] accepts several values.", "INTEGER")]


class SavedQueryDetail(QuerySummary, frozen=True, kw_only=True):
    parameters: Annotated[list[QueryParameter], Meta(description="The parameters, in the order of the text.")]
    sql: Annotated[str, described("SQL; conditions `and ($name is null or …)` apply if $name is given.", "select …")]


class ResultColumn(msgspec.Struct, frozen=True, kw_only=True):
    name: Annotated[str, described("Name.", "titulo")]
    type: Annotated[str, described("DuckDB type.", "VARCHAR")]


class QueryRows(msgspec.Struct, frozen=True, kw_only=True):
    columns: Annotated[list[ResultColumn], Meta(description="The columns, in order.")]
    data: Annotated[list[dict[str, Any]], described("The rows, in the order of the query.", [{"titulo": "Amélie"}])]
    row_count: Annotated[int, described("Number of rows in `data`.", 1)]
    is_truncated: Annotated[bool, described("Whether there are more rows; files contain all unless limited.", False)]
