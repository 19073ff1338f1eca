"""Finds, describes and runs the queries of the API."""

import json
import re
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any
from weakref import WeakKeyDictionary

import duckdb
import msgspec

from api.db.queries import Queries
from api.db.query_files import QueryFile, tables_read
from api.http.parameters import BOUNDS, filters_of
from api.http.problems import not_found
from api.http.query_parser import invalid
from api.v1.saved_queries.schemas import QueryParameter, QueryRows, ResultColumn, SavedQuery, SavedQueryDetail

_WHOLE_NUMBER = Annotated[int, msgspec.Meta(**BOUNDS[int])]
_PYTHON_TYPES: Mapping[str, Any] = {
    "BIGINT": _WHOLE_NUMBER,
    "INTEGER": _WHOLE_NUMBER,
    "DOUBLE": Annotated[float, msgspec.Meta(**BOUNDS[float])],
    "DATE": date,
    "BOOLEAN": bool,
}
"""By DuckDB type; values of other types are texts, which DuckDB casts where they are used."""

_LIST = re.compile(r"\b(?:in |unnest\(|list_\w+\()\$(\w+)")
_IN_LIST = re.compile(r"\bin \$(\w+)")
# DuckDB infers the type from the condition after `is null or`, not from `is null`.
_GUARD = re.compile(r"\$?\b\w+ is null or ")

_types: WeakKeyDictionary[Queries, dict[str, dict[str, str]]] = WeakKeyDictionary()
"""The types of the parameters by snapshot and query. Planning a query with all its conditions takes milliseconds."""


def find_query(queries: Queries, name: str) -> QueryFile:
    """Return the query with this name. Raises ProblemError 404."""
    if file := queries.files.get(name):
        return file
    similar = get_close_matches(name, queries.files, n=5, cutoff=0.5)
    hint = f" Did you mean {' or '.join(similar)}?" if similar else ""
    raise not_found(f"No query named {name!r}.{hint}", suggestions=similar)


def list_queries(queries: Queries) -> list[SavedQuery]:
    """Return all queries, sorted by name."""
    return [
        SavedQuery(**_summarize(queries, file), parameters=list(file.parameters))
        for _, file in sorted(queries.files.items())
    ]


def describe(queries: Queries, name: str) -> SavedQueryDetail:
    """Return a query with its SQL and the types of its parameters. Raises ProblemError 404."""
    file = find_query(queries, name)
    parameters = [QueryParameter(name=name, type=type_) for name, type_ in _parameter_types(queries, file).items()]
    return SavedQueryDetail(**_summarize(queries, file), parameters=parameters, sql=file.text)


def _summarize(queries: Queries, file: QueryFile) -> dict[str, Any]:
    tables = list(tables_read(file.text, queries.macros))
    return {"name": file.name, "domain": file.domain, "description": file.description, "tables": tables}


def parameters_of(queries: Queries, name: str) -> type[msgspec.Struct]:
    """Return the struct of a query's own parameters. Raises ProblemError 404."""
    return _parameters_struct(tuple(_parameter_types(queries, find_query(queries, name)).items()))


@cache
def _parameters_struct(types: tuple[tuple[str, str], ...]) -> type[msgspec.Struct]:
    fields: dict[str, Any] = {}
    for name, type_ in types:
        of: Any = _PYTHON_TYPES.get(type_.removesuffix("[]"), str)
        fields[name] = list[of] | None if type_.endswith("[]") else of | None
    return filters_of("OwnParams", fields)


def run(queries: Queries, name: str, parameters: Mapping[str, Any], row_limit: int) -> QueryRows:
    """Run a query and return its first rows. Raises ProblemError 422 if it fails with these values."""
    try:
        with queries.cursor(name, parameters) as cursor:
            columns = [ResultColumn(name=column[0], type=str(column[1])) for column in cursor.description or ()]
            rows = cursor.fetchmany(row_limit + 1)
    except duckdb.Error as error:
        raise invalid(f"The query failed with these values: {str(error).splitlines()[0]}") from None
    data = [dict(zip((column.name for column in columns), row, strict=True)) for row in rows[:row_limit]]
    return QueryRows(columns=columns, data=data, row_count=len(data), is_truncated=len(rows) > row_limit)


def _parameter_types(queries: Queries, file: QueryFile) -> dict[str, str]:
    """Return the DuckDB types of a query's parameters, in the order of its text."""
    cached = _types.setdefault(queries, {})
    if file.name not in cached:
        lists, inferred = set(_LIST.findall(file.text)), _infer_types(queries, file)
        cached[file.name] = {
            name: f"{inferred.get(name, 'ANY')}[]" if name in lists else inferred.get(name, "VARCHAR")
            for name in file.parameters
        }
    return cached[file.name]


def _infer_types(queries: Queries, file: QueryFile) -> dict[str, str]:
    """Return the types in the plan of the query with all conditions; for a list, the type of its items."""
    unknown = frozenset(_LIST.findall(file.text)).difference(_IN_LIST.findall(file.text))
    text = _IN_LIST.sub(r"in ($\1)", _GUARD.sub("", file.without(unknown)))
    with closing(queries.connection.cursor()) as cursor:
        for macro in queries.macros:
            cursor.execute(_GUARD.sub("", macro))
        rows = cursor.execute("select json_serialize_plan($query, optimize := false)", {"query": text}).fetchall()
    types: dict[str, str] = {}

    def collect(node: dict[str, Any]) -> dict[str, Any]:
        if node.get("expression_class") == "BOUND_PARAMETER" and node["return_type"]["id"] not in ("UNKNOWN", "LIST"):
            name, type_ = node["identifier"], node["return_type"]["id"]
            # A parameter used as text and as number is a text, which DuckDB can cast.
            types[name] = type_ if types.get(name, type_) == type_ else "VARCHAR"
        return node

    json.loads(rows[0][0], object_hook=collect)
    return types
