"""The API's own queries by name, and what they answer."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import islice
from typing import Any

import duckdb

from api.db.lineage import tables_read
from api.db.queries import Queries
from api.db.query_files import QueryFile
from api.v1.saved_queries.parameters import ParameterError, bound, parameters_of
from api.v1.saved_queries.schemas import QueryParameter, QueryRows, ResultColumn, SavedQuery, SavedQueryDetail
from warehouse.errors import FilmotecaError

_SUGGESTIONS = 5


class UnknownQueryError(FilmotecaError):
    """There is no query of that name; `suggestions` are the nearest."""

    def __init__(self, name: str, suggestions: list[str]) -> None:
        meant = f" Did you mean {' or '.join(suggestions)}?" if suggestions else ""
        super().__init__(f"There is no query {name!r}.{meant}")
        self.suggestions = suggestions


def find(queries: Queries, name: str) -> QueryFile:
    """The query of that name. Raises UnknownQueryError."""
    if statement := queries.files.get(name):
        return statement
    raise UnknownQueryError(name, get_close_matches(name, queries.files, n=_SUGGESTIONS, cutoff=0.5))


def listed(queries: Queries) -> list[SavedQuery]:
    """All queries, by name."""
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


def described(queries: Queries, name: str) -> SavedQueryDetail:
    """A query with its text and its parameters' types. Raises UnknownQueryError."""
    statement = find(queries, name)
    return SavedQueryDetail(
        name=statement.name,
        domain=statement.domain,
        description=statement.description,
        parameters=[QueryParameter(name=one.name, type=one.type) for one in parameters_of(queries, statement)],
        tables=list(tables_read(statement.text, queries.macros)),
        sql=statement.text,
    )


def values(queries: Queries, name: str, given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What a query binds for texts. Raises UnknownQueryError or ParameterError."""
    statement = find(queries, name)
    return bound(queries, parameters_of(queries, statement), given)


def rows(queries: Queries, name: str, bindings: Mapping[str, Any], row_limit: int) -> QueryRows:
    """The first rows that a query answers. Raises ParameterError where it has no answer for these values."""
    try:
        with queries.cursor(name, bindings) as cursor:
            columns = [ResultColumn(name=column[0], type=str(column[1])) for column in cursor.description or ()]
            found = cursor.fetchmany(row_limit + 1)
    except duckdb.Error as error:
        raise ParameterError(f"The query has no answer for these values: {str(error).splitlines()[0]}") from None
    names = [column.name for column in columns]
    data = [dict(zip(names, row, strict=True)) for row in islice(found, row_limit)]
    return QueryRows(columns=columns, data=data, row_count=len(data), is_truncated=len(found) > row_limit)
