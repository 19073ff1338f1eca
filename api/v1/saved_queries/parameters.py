"""The $parameters of a query: their types as DuckDB reads them, and values for them from text."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

import duckdb

from api.db.queries import Queries
from api.db.query_files import QueryFile
from warehouse.errors import FilmotecaError

ANY = "ANY"
# Lists: `in $name`, `unnest($name)`, `list_max($name)`.
_LIST = re.compile(r"\b(?:in |unnest\(|list_\w+\()\$(\w+)")
_IN_LIST = re.compile(r"\bin \$(\w+)")
_CONTAINS = re.compile(r"\blist_contains\(\$(\w+), ([\w.]+|'\w+')\)")
# Behind `is null or` stands a condition that tells the type; DuckDB cannot infer one from `is null`.
_GUARD = re.compile(r"\$?\b\w+ is null or ")


class ParameterError(FilmotecaError):
    """A value that a parameter of a query cannot have."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A $parameter of a query."""

    name: str
    type: str
    """In DuckDB, with [] at the end of a list's; ANY[] where nothing in the query tells."""

    @property
    def is_list(self) -> bool:
        return self.type.endswith("[]")


def is_list(statement: QueryFile) -> dict[str, bool]:
    """The parameters of a query, and whether each takes a list."""
    lists = set(_LIST.findall(statement.text))
    return {name: name in lists for name in statement.parameters}


_known: WeakKeyDictionary[Queries, dict[str, list[Parameter]]] = WeakKeyDictionary()
"""By the connection's queries and a query's name: planning all the conditions of one takes milliseconds."""


def parameters_of(queries: Queries, statement: QueryFile) -> list[Parameter]:
    """The parameters of a query with their types, which DuckDB infers from what they are compared with."""
    known = _known.setdefault(queries, {})
    if statement.name not in known:
        known[statement.name] = _read_parameters(queries, statement)
    return known[statement.name]


def _read_parameters(queries: Queries, statement: QueryFile) -> list[Parameter]:
    lists = {name for name, takes_list in is_list(statement).items() if takes_list}
    inferred = _inferred_types(queries, statement, lists)
    return [
        Parameter(name, inferred.get(name, ANY if name in lists else "VARCHAR") + ("[]" if name in lists else ""))
        for name in statement.parameters
    ]


def bound(queries: Queries, parameters: Sequence[Parameter], given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What to bind, from texts that DuckDB casts to the parameters' types. Raises ParameterError."""
    return {
        parameter.name: _cast(queries, parameter, given[parameter.name])
        for parameter in parameters
        if parameter.name in given
    }


def _inferred_types(queries: Queries, statement: QueryFile, lists: set[str]) -> dict[str, str]:
    """The types in the plan of the query, all its conditions in force; of a list, the type of what it holds."""
    whole = _CONTAINS.sub(r"\2 in $\1", statement.text)
    untold = frozenset(lists.difference(_IN_LIST.findall(whole)))
    text = _IN_LIST.sub(r"in ($\1)", _GUARD.sub("", replace(statement, text=whole).without(untold)))
    with closing(queries.connection.cursor()) as cursor:
        for macro in queries.macros:
            cursor.execute(_GUARD.sub("", macro))
        rows = cursor.execute("select json_serialize_plan($query, optimize := false)", {"query": text}).fetchall()
    found: dict[str, str] = {}
    for name, kind in _parameters_in(json.loads(rows[0][0])):
        if kind not in ("UNKNOWN", "LIST"):
            # What is read in two ways, as a name or as an id, is given as text, which DuckDB reads in both.
            found[name] = kind if found.get(name, kind) == kind else "VARCHAR"
    return found


def _parameters_in(plan: Any) -> Iterator[tuple[str, str]]:
    if isinstance(plan, dict):
        if plan.get("expression_class") == "BOUND_PARAMETER":
            yield plan["identifier"], plan["return_type"]["id"]
        plan = list(plan.values())
    if isinstance(plan, list):
        for part in plan:
            yield from _parameters_in(part)


def _cast(queries: Queries, parameter: Parameter, texts: Sequence[str]) -> Any:
    value = list(texts) if parameter.is_list else texts[0]
    types = ("BIGINT[]", "VARCHAR[]") if parameter.type == f"{ANY}[]" else (parameter.type,)
    with closing(queries.connection.cursor()) as cursor:
        for type_ in types:
            try:
                # The type is a word of DuckDB's own.
                return cursor.execute(f"select cast($value as {type_})", {"value": value}).fetchall()[0][0]
            except duckdb.Error:
                continue
    raise ParameterError(f"`{parameter.name}` is {value!r}; right is what DuckDB reads as {parameter.type}.")
