"""Infers the types of a query's $parameters and casts texts to them."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any
from weakref import WeakKeyDictionary

import duckdb

from api.db.queries import Queries
from api.db.query_files import QueryFile
from api.v1.saved_queries.schemas import QueryParameter
from warehouse.errors import FilmotecaError

ANY = "ANY"
# Lists: `in $name`, `unnest($name)`, `list_max($name)`.
_LIST = re.compile(r"\b(?:in |unnest\(|list_\w+\()\$(\w+)")
_IN_LIST = re.compile(r"\bin \$(\w+)")
_CONTAINS = re.compile(r"\blist_contains\(\$(\w+), ([\w.]+|'\w+')\)")
# DuckDB infers the type from the condition after `is null or`, not from `is null`.
_GUARD = re.compile(r"\$?\b\w+ is null or ")


class ParameterError(FilmotecaError):
    """A parameter has an invalid value."""


def is_list(statement: QueryFile) -> dict[str, bool]:
    """Return the names of the parameters, and whether each is a list."""
    lists = set(_LIST.findall(statement.text))
    return {name: name in lists for name in statement.parameters}


_cache: WeakKeyDictionary[Queries, dict[str, list[QueryParameter]]] = WeakKeyDictionary()
"""The parameters by snapshot and query. Planning a query with all its conditions takes milliseconds."""


def parameters_of(queries: Queries, statement: QueryFile) -> list[QueryParameter]:
    """Return the parameters of a query with the types that DuckDB infers for them."""
    cached = _cache.setdefault(queries, {})
    if statement.name not in cached:
        cached[statement.name] = _read_parameters(queries, statement)
    return cached[statement.name]


def _read_parameters(queries: Queries, statement: QueryFile) -> list[QueryParameter]:
    lists = {name for name, takes_list in is_list(statement).items() if takes_list}
    inferred = _inferred_types(queries, statement, lists)
    types = {
        name: f"{inferred.get(name, ANY)}[]" if name in lists else inferred.get(name, "VARCHAR")
        for name in statement.parameters
    }
    return [QueryParameter(name=name, type=type_) for name, type_ in types.items()]


def cast_parameters(queries: Queries, statement: QueryFile, given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Cast the given texts to the types of their parameters. Raises ParameterError."""
    types = parameters_of(queries, statement)
    return {one.name: _cast(queries, one, given[one.name]) for one in types if one.name in given}


def _inferred_types(queries: Queries, statement: QueryFile, lists: set[str]) -> dict[str, str]:
    """Return the types in the plan of the query with all conditions; for a list, the type of its items."""
    whole = _CONTAINS.sub(r"\2 in $\1", statement.text)
    unknown = frozenset(lists.difference(_IN_LIST.findall(whole)))
    text = _IN_LIST.sub(r"in ($\1)", _GUARD.sub("", replace(statement, text=whole).without(unknown)))
    with closing(queries.connection.cursor()) as cursor:
        for macro in queries.macros:
            cursor.execute(_GUARD.sub("", macro))
        rows = cursor.execute("select json_serialize_plan($query, optimize := false)", {"query": text}).fetchall()
    types: dict[str, str] = {}
    for name, kind in _parameters_in(json.loads(rows[0][0])):
        if kind not in ("UNKNOWN", "LIST"):
            # A parameter used as text and as number is a text, which DuckDB can cast.
            types[name] = kind if types.get(name, kind) == kind else "VARCHAR"
    return types


def _parameters_in(plan: Any) -> Iterator[tuple[str, str]]:
    if isinstance(plan, dict):
        if plan.get("expression_class") == "BOUND_PARAMETER":
            yield plan["identifier"], plan["return_type"]["id"]
        plan = list(plan.values())
    if isinstance(plan, list):
        for part in plan:
            yield from _parameters_in(part)


def _cast(queries: Queries, parameter: QueryParameter, texts: Sequence[str]) -> Any:
    value = list(texts) if parameter.type.endswith("[]") else texts[0]
    types = ("BIGINT[]", "VARCHAR[]") if parameter.type == f"{ANY}[]" else (parameter.type,)
    with closing(queries.connection.cursor()) as cursor:
        for type_ in types:
            try:
                # The type comes from DuckDB, not from the request.
                return cursor.execute(f"select cast($value as {type_})", {"value": value}).fetchall()[0][0]
            except duckdb.Error:
                continue
    raise ParameterError(f"`{parameter.name}` must be a {parameter.type} of DuckDB; got {value!r}.")
