"""Finds, describes and runs the queries of the API."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import islice
from typing import Any

import duckdb

from api.db.queries import Queries
from api.db.query_files import QueryFile, tables_read
from api.v1.saved_queries.parameters import ParameterError, cast_parameters, parameters_of
from api.v1.saved_queries.schemas import QueryRows, ResultColumn, SavedQuery, SavedQueryDetail
from warehouse.errors import FilmotecaError

_SUGGESTIONS = 5


class UnknownQueryError(FilmotecaError):
    """No query has the name; `suggestions` are similar names."""

    def __init__(self, name: str, suggestions: list[str]) -> None:
        hint = f" Did you mean {' or '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"No query named {name!r}.{hint}")
        self.suggestions = suggestions


def find(queries: Queries, name: str) -> QueryFile:
    """Return the query with this name. Raises UnknownQueryError."""
    if statement := queries.files.get(name):
        return statement
    raise UnknownQueryError(name, get_close_matches(name, queries.files, n=_SUGGESTIONS, cutoff=0.5))


def list_queries(queries: Queries) -> list[SavedQuery]:
    """Return all queries, sorted by name."""
    return [
        SavedQuery(
            name=statement.name,
            domain=statement.domain,
            description=statement.description,
            parameters=list(statement.parameters),
            tables=list(tables_read(statement.text, queries.macros)),
        )
        for _, statement in sorted(queries.files.items())
    ]


def describe(queries: Queries, name: str) -> SavedQueryDetail:
    """Return a query with its SQL and the types of its parameters. Raises UnknownQueryError."""
    statement = find(queries, name)
    return SavedQueryDetail(
        name=statement.name,
        domain=statement.domain,
        description=statement.description,
        parameters=parameters_of(queries, statement),
        tables=list(tables_read(statement.text, queries.macros)),
        sql=statement.text,
    )


def cast_values(queries: Queries, name: str, given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Cast texts to the types of a query's parameters. Raises UnknownQueryError or ParameterError."""
    return cast_parameters(queries, find(queries, name), given)


def run(queries: Queries, name: str, bindings: Mapping[str, Any], row_limit: int) -> QueryRows:
    """Run a query and return its first rows. Raises ParameterError if it fails with these values."""
    try:
        with queries.cursor(name, bindings) as cursor:
            columns = [ResultColumn(name=column[0], type=str(column[1])) for column in cursor.description or ()]
            rows = cursor.fetchmany(row_limit + 1)
    except duckdb.Error as error:
        raise ParameterError(f"The query failed with these values: {str(error).splitlines()[0]}") from None
    names = [column.name for column in columns]
    data = [dict(zip(names, row, strict=True)) for row in islice(rows, row_limit)]
    return QueryRows(columns=columns, data=data, row_count=len(data), is_truncated=len(rows) > row_limit)
