"""The allowlist of ad-hoc SQL: one `select` over the public tables, with functions that only compute.

The policy checks the syntax tree that DuckDB itself makes with `json_serialize_sql`. Every node must be on a list, so
that a new function or kind of expression in another version of DuckDB is rejected until somebody reviews it.
"""

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from api.sandbox.protocol import FailureReason, QueryError

SyntaxNode = dict[str, Any]
"""A node of the syntax tree that `json_serialize_sql` returns."""

PUBLIC_SCHEMAS = ("marts", "quality", "recommender", "search")
"""The schemas that queries can read, in the order in which a bare table name is looked up."""
ALLOWED_FUNCTIONS = frozenset(Path(__file__).with_name("functions.txt").read_text("utf-8").split())
"""The functions that only compute from their arguments."""
TABLE_FUNCTIONS = ("generate_series", "json_each", "json_tree", "range", "repeat", "unnest")
"""The table functions that only compute; all others read files, settings or the catalog."""
_EXPRESSIONS = (
    *("BETWEEN", "CASE", "CAST", "COLLATE", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT", "FUNCTION"),
    *("LAMBDA", "LAMBDA_REF", "OPERATOR", "PARAMETER", "POSITIONAL_REFERENCE", "STAR", "SUBQUERY", "WINDOW"),
)
_QUERIES = ("CTE_NODE", "RECURSIVE_CTE_NODE", "SELECT_NODE", "SET_OPERATION_NODE")
_TABLES = ("BASE_TABLE", "EMPTY", "EXPRESSION_LIST", "JOIN", "PIVOT", "SHOW_REF", "SUBQUERY", "TABLE_FUNCTION")
_SHOW_TYPES = ("DESCRIBE", "SUMMARY")
# Functions that are called without parentheses, unless a column has the name.
_BARE_FUNCTIONS = ("current_catalog", "current_role", "current_schema", "current_user", "session_user", "user")


class QueryPolicy:
    """Checks queries over the public tables of a warehouse."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        tables = connection.execute("select schema_name, lower(table_name) from duckdb_tables()").fetchall()
        functions = connection.execute("select schema_name, lower(function_name) from duckdb_functions()").fetchall()
        macros = {name for schema, name in functions if schema in PUBLIC_SCHEMAS}
        self._tables = {schema: {name for parent, name in tables if parent == schema} for schema in PUBLIC_SCHEMAS}
        self._bare_names = set().union(*self._tables.values())
        self._functions = ALLOWED_FUNCTIONS | macros | set(TABLE_FUNCTIONS)
        self._table_functions = (*TABLE_FUNCTIONS, *sorted(macros))
        self._forbidden_functions = {name for _, name in functions} - self._functions
        self._forbidden_functions.add("getenv")  # it only exists on DuckDB's command line

    def check(self, statement: SyntaxNode) -> set[str]:
        """Return the names of a statement's parameters. Raises QueryError at the first node that is not allowed."""
        parameters: set[str] = set()
        # Depth first without recursion: a query can nest deeper than Python's stack.
        pending: list[tuple[Any, frozenset[str]]] = [(statement, frozenset())]
        while pending:
            node, tables_in_scope = pending.pop()
            if isinstance(node, list):
                pending.extend((item, tables_in_scope) for item in node)
            elif isinstance(node, dict):
                self._check_node(node, tables_in_scope)
                if node.get("class") == "PARAMETER":
                    parameters.add(node["identifier"])
                pending.extend(_children(node, tables_in_scope))
        return parameters

    def _check_node(self, node: SyntaxNode, tables_in_scope: frozenset[str]) -> None:
        kind = node.get("type")
        if "class" in node:
            self._check_expression(node)
        elif "cte_map" in node:
            if kind not in _QUERIES:
                raise _rejected(f"a part of kind {kind}", "one select")
        elif "sample" in node:
            if kind not in _TABLES:
                raise _rejected(f"a table of kind {kind}", "a table, a subquery or values")
            if kind == "BASE_TABLE":
                self._check_table(node, tables_in_scope)
            elif kind == "TABLE_FUNCTION":
                if (name := node["function"]["function_name"].lower()) not in self._table_functions:
                    known = ", ".join(self._table_functions)
                    raise _rejected(f"the table function {name}", f"a public table or one of {known}")
            elif kind == "SHOW_REF" and (node["show_type"] not in _SHOW_TYPES or node["query"] is None):
                raise _rejected("`show`", f"`describe` with one of {', '.join(sorted(self._bare_names))}")

    def _check_table(self, node: SyntaxNode, tables_in_scope: frozenset[str]) -> None:
        catalog, schema, table = (node[key].lower() for key in ("catalog_name", "schema_name", "table_name"))
        if catalog:
            raise _rejected("a database name before a table", "a schema and a table, such as marts.dim_movies")
        if schema and schema not in self._tables:
            raise _rejected(f"the schema {schema}", f"a public schema ({', '.join(self._tables)})")
        known = self._tables[schema] if schema else self._bare_names | tables_in_scope
        if table not in known:
            hint = _similar_names(table, known) or f"; use one of {', '.join(sorted(self._bare_names))}"
            file_hint = " Files cannot be read." if set(table) & set("./\\*") else ""
            detail = f"There is no public table {node['table_name']!r}{hint}.{file_hint}"
            raise QueryError(FailureReason.UNKNOWN_NAME, detail)

    def _check_expression(self, node: SyntaxNode) -> None:
        if node["class"] not in _EXPRESSIONS:
            raise _rejected(f"an expression of kind {node['class']}", "columns, values and functions")
        if "function_name" in node:
            name = node["function_name"].lower()
            if name in self._forbidden_functions:
                raise _rejected(f"the function {name}", "a function that only computes from its arguments")
            if name not in self._functions:
                detail = f"There is no function {name!r}{_similar_names(name, self._functions)}."
                raise QueryError(FailureReason.UNKNOWN_NAME, detail)
        elif node["class"] == "COLUMN_REF":
            names = [name.lower() for name in node["column_names"]]
            if names[0] in _BARE_FUNCTIONS and len(names) == 1:
                raise _rejected(names[0], f"table.{names[0]} for a column")


def _children(node: SyntaxNode, tables_in_scope: frozenset[str]) -> Iterator[tuple[Any, frozenset[str]]]:
    """Yield the parts of a node, each with the common table expressions in its scope.

    As in DuckDB, a common table expression is in the scope of the following ones, of the query that they belong to and,
    if it is recursive, of its own second part. Anywhere else, its name would refer to a table of the catalog.
    """
    for entry in node.get("cte_map", {}).get("map", ()):
        yield entry["value"], tables_in_scope
        tables_in_scope |= {entry["key"].lower()}
    for key, part in node.items():
        if key == "right" and node.get("type") == "RECURSIVE_CTE_NODE":
            yield part, tables_in_scope | {node["cte_name"].lower()}
        elif key != "cte_map":
            yield part, tables_in_scope


def _similar_names(name: str, known: Collection[str]) -> str:
    similar = get_close_matches(name, sorted(known), n=3)
    return f"; similar: {', '.join(similar)}" if similar else ""


def _rejected(what: str, instead: str) -> QueryError:
    return QueryError(FailureReason.REFUSED, f"A query may not use {what}; use {instead}.")
