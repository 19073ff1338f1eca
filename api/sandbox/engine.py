"""Runs queries on a locked-down DuckDB connection, in a worker process."""

import json
import re
import time
import traceback

import duckdb

from api.sandbox.errors import syntax_error, to_query_error
from api.sandbox.options import MAX_QUERY_LENGTH
from api.sandbox.policy import QueryPolicy, SyntaxNode
from api.sandbox.protocol import FailureReason, QueryError, QueryRequest, QueryResult
from api.sandbox.results import describe_columns, encode_rows

PUBLIC_SCHEMAS = ("marts", "quality", "recommender")
"""The schemas that queries can read, in the order in which a bare table name is looked up."""

_FIRST_WORD = re.compile(r"(?:[\s;(]|--.*|/\*(?s:.*?)\*/)*(\w*)")
_READING_STATEMENTS = ("select", "from", "with", "values", "table", "pivot", "unpivot", "describe", "summarize")


class QueryEngine:
    """A read-only DuckDB connection that cannot read other files, spill to disk or change its settings."""

    def __init__(self, path: str, memory_mb: int) -> None:
        self._connection = duckdb.connect(
            path,
            read_only=True,
            config={
                "memory_limit": f"{memory_mb}MB",
                "python_enable_replacements": False,
                "temp_directory": "",
                "threads": 1,
            },
        )
        for setting in (
            "TimeZone = 'UTC'",
            f"search_path = '{','.join(PUBLIC_SCHEMAS)}'",
            "enable_external_access = false",
            "disabled_filesystems = 'LocalFileSystem'",
            "lock_configuration = true",
        ):
            self._connection.execute(f"set {setting}")
        self._policy = self._load_policy()

    def build_id(self) -> str:
        """Return the build id of the warehouse."""
        return str(self._connection.execute("select build_id from quality.build_info").fetchall()[0][0])

    def interrupt(self) -> None:
        """Interrupt the running query; called from another thread."""
        self._connection.interrupt()

    def run(self, request: QueryRequest) -> QueryResult:
        """Run a query. Raises QueryError if it is rejected, fails or exceeds a limit."""
        start = time.perf_counter()
        try:
            self._check(request)
            self._connection.execute(request.query, request.parameters or None)
            columns = describe_columns(self._connection)
            content, row_count, is_truncated = encode_rows(self._connection, request.row_limit, request.format)
        except QueryError:
            raise
        except Exception as error:
            query_error = to_query_error(error)
            if query_error.reason is FailureReason.CRASHED:
                traceback.print_exception(error)  # goes to the log of the service
            raise query_error from None
        milliseconds = round((time.perf_counter() - start) * 1000, 3)
        return QueryResult(columns, content, row_count, is_truncated, milliseconds)

    def _load_policy(self) -> QueryPolicy:
        run = self._connection.execute
        tables = run("select schema_name, lower(table_name) from duckdb_tables()").fetchall()
        functions = run("select schema_name, lower(function_name) from duckdb_functions()").fetchall()
        return QueryPolicy(
            {schema: frozenset(name for parent, name in tables if parent == schema) for schema in PUBLIC_SCHEMAS},
            macros=frozenset(name for parent, name in functions if parent in PUBLIC_SCHEMAS),
            catalog_functions=frozenset(name for _, name in functions),
        )

    def _check(self, request: QueryRequest) -> None:
        """Raise QueryError if the query is rejected, or does not have exactly the given parameters."""
        expected = self._policy.check(self._parse(request.query))
        given = set(request.parameters)
        detail = ""
        if positional := sorted(name for name in expected if name.isdecimal()):
            detail = f"Parameter {positional[0]} has no name; write it as $name."
        elif missing := sorted(expected - given):
            detail = f"The query contains ${missing[0]}, but `parameters` has no value for it."
        elif unused := sorted(given - expected):
            detail = f"`parameters` has a value for {unused[0]!r}, but the query does not contain ${unused[0]}."
        if detail:
            raise QueryError(FailureReason.PARAMETERS, detail)

    def _parse(self, query: str) -> SyntaxNode:
        """Return the syntax tree of the one statement in a query, as DuckDB parses it."""
        if len(query) > MAX_QUERY_LENGTH:
            detail = f"A query can have at most {MAX_QUERY_LENGTH:,} characters; this one has {len(query):,}."
            raise QueryError(FailureReason.REFUSED, detail)
        if "\0" in query:
            raise QueryError(FailureReason.SYNTAX, "The query contains a NUL character; remove it.")
        serialized = self._connection.execute("select json_serialize_sql(?)", [query]).fetchall()[0][0]
        parsed: SyntaxNode = json.loads(serialized)
        if parsed.get("error_message", "").startswith("Mixing named and positional"):
            raise QueryError(FailureReason.PARAMETERS, "Some parameters have no name; write all of them as $name.")
        if parsed["error"] and parsed["error_type"] != "not implemented":
            raise syntax_error(query, parsed)
        if parsed["error"] or len(parsed["statements"]) != 1:
            raise QueryError(FailureReason.REFUSED, _rejection_message(query))
        statement: SyntaxNode = parsed["statements"][0]
        return statement


def _rejection_message(query: str) -> str:
    """Return why a query that can be parsed is not a single select."""
    # DuckDB could list the statements, but it runs some of them, such as `import database`, to do so.
    first_word = _FIRST_WORD.match(query)[1].lower()  # type: ignore[index] # it always matches
    if not first_word:
        return "The query is empty; write one select."
    if first_word not in _READING_STATEMENTS:
        return f"A query may not {first_word}; it can only read: {', '.join(_READING_STATEMENTS)}."
    return (
        "The query has more than one statement, or a pivot without a list of values; write one select, or "
        "pivot … on … in (…)."
    )
