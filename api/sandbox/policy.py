"""What a query may say: one `select` over the public tables, calling functions that only compute.

The query is judged by DuckDB's own reading of it, as `json_serialize_sql` tells it. The reading is walked whole
with lists of what may appear; what is on no list is refused, so that a new kind of expression or table in another
version of DuckDB comes in only after somebody looked at it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from api.sandbox.functions import ALLOWED, TABLE_FUNCTIONS, nearest, refusal_of
from api.sandbox.protocol import QueryError, Reason

Node = dict[str, Any]

_EXPRESSIONS = frozenset(
    (
        *("BETWEEN", "CASE", "CAST", "COLLATE", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT", "FUNCTION"),
        *("LAMBDA", "LAMBDA_REF", "OPERATOR", "PARAMETER", "POSITIONAL_REFERENCE", "STAR", "SUBQUERY", "WINDOW"),
    )
)
_QUERIES = frozenset(("CTE_NODE", "RECURSIVE_CTE_NODE", "SELECT_NODE", "SET_OPERATION_NODE"))
_TABLES = frozenset(
    ("BASE_TABLE", "EMPTY", "EXPRESSION_LIST", "JOIN", "PIVOT", "SHOW_REF", "SUBQUERY", "TABLE_FUNCTION")
)
_SHOWS = frozenset(("DESCRIBE", "SUMMARY"))
# Without parentheses these are functions where no column has the name.
_BARE_FUNCTIONS = frozenset(
    ("current_catalog", "current_role", "current_schema", "current_user", "session_user", "user")
)


class Policy:
    """Judges queries over the tables of a warehouse."""

    def __init__(self, tables: Mapping[str, frozenset[str]], macros: frozenset[str]) -> None:
        """Take what the warehouse holds, names in lower case.

        `tables` gives the public tables by schema, in the order in which a bare name is looked up; `macros` are the
        functions that the warehouse brings.
        """
        self._functions = ALLOWED | macros | frozenset(TABLE_FUNCTIONS)
        self._table_functions = (*TABLE_FUNCTIONS, *sorted(macros))
        self._tables = tables
        self._bare_names = frozenset().union(*self._tables.values())

    def check(self, statement: Node) -> set[str]:
        """Judge a statement of `json_serialize_sql`; returns the names of its parameters.

        Raises QueryError at the first thing that no query may say.
        """
        parameters: set[str] = set()
        # Depth first, by hand: a query may nest deeper than Python's stack.
        rest: list[tuple[Any, frozenset[str]]] = [(statement, frozenset())]
        while rest:
            node, tables_in_scope = rest.pop()
            if isinstance(node, list):
                rest.extend((item, tables_in_scope) for item in node)
            elif isinstance(node, dict):
                self._judge(node, tables_in_scope)
                if node.get("class") == "PARAMETER":
                    parameters.add(node["identifier"])
                rest.extend(_inside(node, tables_in_scope))
        return parameters

    def _judge(self, node: Node, tables_in_scope: frozenset[str]) -> None:
        kind = node.get("type")
        if "class" in node:
            self._judge_expression(node)
        elif "cte_map" in node:
            if kind not in _QUERIES:
                raise _refused(f"a part of kind {kind}", "one select")
        elif "sample" in node:
            if kind not in _TABLES:
                raise _refused(f"a table of kind {kind}", "a table, a subquery or values")
            if kind == "BASE_TABLE":
                self._judge_table(node, tables_in_scope)
            elif kind == "TABLE_FUNCTION":
                self._judge_table_function(node["function"]["function_name"].lower())
            elif kind == "SHOW_REF" and (node["show_type"] not in _SHOWS or node["query"] is None):
                raise _refused("`show`", f"`describe` and a table, one of {self._listed()}")

    def _judge_table(self, node: Node, tables_in_scope: frozenset[str]) -> None:
        catalog, schema, table = (node[key].lower() for key in ("catalog_name", "schema_name", "table_name"))
        if catalog:
            raise _refused("the name of a database before a table", "schema and table, as in marts.dim_movies")
        if schema and schema not in self._tables:
            raise _refused(f"the schema {schema}", f"a public schema: {', '.join(self._tables)}")
        if table in (self._tables[schema] if schema else self._bare_names | tables_in_scope):
            return
        near = nearest(table, self._tables.get(schema) or self._bare_names | tables_in_scope)
        raise QueryError(
            Reason.UNKNOWN_NAME,
            f"There is no public table {node['table_name']!r}{near or f'; right is one of {self._listed()}'}."
            + (" Files cannot be read." if set(table) & set("./\\*") else ""),
        )

    def _judge_expression(self, node: Node) -> None:
        if node["class"] not in _EXPRESSIONS:
            raise _refused(f"an expression of kind {node['class']}", "an expression of columns, values and functions")
        if "function_name" in node:
            self._judge_function(node["function_name"].lower())
        elif node["class"] == "COLUMN_REF":
            names = [name.lower() for name in node["column_names"]]
            if names[0] in _BARE_FUNCTIONS and len(names) == 1:
                raise _refused(names[0], f"table.{names[0]} if a column is meant")

    def _judge_function(self, name: str) -> None:
        if why := refusal_of(name):
            raise _refused(f"the function {name}, which {why}", "a function that computes from its arguments")
        if name not in self._functions:
            raise QueryError(Reason.UNKNOWN_NAME, f"There is no function {name!r}{nearest(name, self._functions)}.")

    def _judge_table_function(self, name: str) -> None:
        if name not in self._table_functions:
            known = ", ".join(self._table_functions)
            raise _refused(f"the table function {name}", f"a public table or one of {known}")

    def _listed(self) -> str:
        return ", ".join(sorted(self._bare_names))


def _inside(node: Node, tables_in_scope: frozenset[str]) -> Iterator[tuple[Any, frozenset[str]]]:
    """The parts of a node, each with the common table expressions that it may name.

    As in DuckDB, one may be named in those after it and in the query they belong to, and in the second part of
    itself if it is recursive; anywhere else its name would mean a table of the catalog.
    """
    for entry in node.get("cte_map", {}).get("map", ()):
        yield entry["value"], tables_in_scope
        tables_in_scope |= {entry["key"].lower()}
    for key, part in node.items():
        if key == "right" and node.get("type") == "RECURSIVE_CTE_NODE":
            yield part, tables_in_scope | {node["cte_name"].lower()}
        elif key != "cte_map":
            yield part, tables_in_scope


def _refused(what: str, right: str) -> QueryError:
    return QueryError(Reason.REFUSED, f"A query may not use {what}; right is {right}.")
