"""Runs one query after the other on a warehouse that it alone has open; lives in the process of `runner.py`."""

import json
import re
import time
import traceback
from typing import Literal

import duckdb

from api.sandbox.failures import describe, syntax_error
from api.sandbox.policy import Node, Policy
from api.sandbox.protocol import QueryError, Question, Reason, SqlResult
from api.sandbox.rows import columns, read
from api.sandbox.settings import MAX_QUERY_LENGTH

PUBLIC_SCHEMAS = ("marts", "quality", "recommender")
"""In the order in which a bare table name is looked up."""

_FIRST_WORD = re.compile(r"(?:[\s;(]|--.*|/\*(?s:.*?)\*/)*(\w*)")
_READING = ("select", "from", "with", "values", "table", "pivot", "unpivot", "describe", "summarize")


class Engine:
    """A read-only DuckDB instance that can read no other file, spill to no disk and be set to nothing else."""

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
        self._policy = Policy(
            {schema: self._names("table", schema) for schema in PUBLIC_SCHEMAS},
            frozenset().union(*(self._names("function", schema) for schema in PUBLIC_SCHEMAS)),
        )

    def build_id(self) -> str:
        """Which build of the warehouse this is."""
        return str(self._connection.execute("select build_id from quality.build_info").fetchall()[0][0])

    def interrupt(self) -> None:
        """Make a running query give up; to be called from another thread."""
        self._connection.interrupt()

    def answer(self, question: Question) -> SqlResult:
        """Run a query. Raises QueryError when it may not run, has no answer or takes too much."""
        begun = time.perf_counter()
        try:
            self._check(question)
            self._connection.execute(question.query, question.parameters or None)
            described = columns(self._connection)
            rows = read(self._connection, question.row_limit, question.form)
        except QueryError:
            raise
        except Exception as error:
            described_error = describe(error)
            if described_error.reason is Reason.CRASHED:
                traceback.print_exception(error)  # for the service's log
            raise described_error from None
        milliseconds = round((time.perf_counter() - begun) * 1000, 3)
        return SqlResult(described, rows.content, rows.row_count, rows.is_truncated, milliseconds)

    def _names(self, kind: Literal["table", "function"], schema: str) -> frozenset[str]:
        """What the warehouse holds of that kind in a schema."""
        found = self._connection.execute(
            f"select {kind}_name from duckdb_{kind}s() where schema_name = ? and not internal",  # noqa: S608
            [schema],
        )
        return frozenset(name.lower() for (name,) in found.fetchall())

    def _check(self, question: Question) -> None:
        named = self._policy.check(self._statement(question.query))
        given = set(question.parameters)
        if positional := sorted(name for name in named if name.isdecimal()):
            raise QueryError(Reason.PARAMETERS, f"Parameter {positional[0]} has no name; right is $name.")
        if missing := sorted(named - given):
            raise QueryError(Reason.PARAMETERS, f"The query has ${missing[0]}, but parameters do not give it.")
        if unused := sorted(given - named):
            raise QueryError(Reason.PARAMETERS, f"Parameters give {unused[0]!r}, but the query has no ${unused[0]}.")

    def _statement(self, query: str) -> Node:
        """The one statement of a query, as DuckDB reads it."""
        if len(query) > MAX_QUERY_LENGTH:
            raise QueryError(
                Reason.REFUSED, f"A query may have {MAX_QUERY_LENGTH:,} characters; this has {len(query):,}."
            )
        if "\0" in query:
            raise QueryError(Reason.SYNTAX, "The query holds a NUL character; right is text.")
        told = self._connection.execute("select json_serialize_sql(?)", [query]).fetchall()[0][0]
        reading: Node = json.loads(told)
        if reading.get("error_message", "").startswith("Mixing named and positional"):
            raise QueryError(Reason.PARAMETERS, "Some parameters have no name; right is $name for all.")
        if reading["error"] and reading["error_type"] != "not implemented":
            raise syntax_error(query, reading)
        if reading["error"] or len(reading["statements"]) != 1:
            raise QueryError(Reason.REFUSED, _why_not_one_select(query))
        statement: Node = reading["statements"][0]
        return statement


def _why_not_one_select(query: str) -> str:
    # The engine could tell, but it runs some statements, `import database` among them, in order to list them.
    begins_with = _FIRST_WORD.match(query)[1].lower()  # type: ignore[index] # it matches anything
    if not begins_with:
        return "The query is empty; right is one select."
    if begins_with not in _READING:
        return f"A query may not {begins_with}; right is to read: {', '.join(_READING)}."
    return (
        "The query is more than one statement, or pivots on values that it does not name; right is one select, or "
        "pivot … on … in (…)."
    )
