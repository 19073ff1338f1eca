"""Runs queries on a locked-down DuckDB connection, in a worker process."""

import json
import re
import time
import traceback

import duckdb

from api.sandbox.policy import PUBLIC_SCHEMAS, QueryPolicy, SyntaxNode
from api.sandbox.protocol import MAX_QUERY_LENGTH, FailureReason, QueryError, QueryRequest, QueryResult
from api.sandbox.results import describe_columns, encode_rows

_FIRST_WORD = re.compile(r"(?:[\s;(]|--.*|/\*(?s:.*?)\*/)*(\w*)")
_READING_STATEMENTS = ("select", "from", "with", "values", "table", "pivot", "unpivot", "describe", "summarize")
# DuckDB's messages start with the kind of error, also where Arrow wraps them. For these kinds, the user's own mistakes,
# DuckDB's message is the best one.
_USER_ERRORS = (
    *("Binder", "Catalog", "Constraint", "Conversion", "Decimal", "Divide by Zero", "Expression", "Invalid Input"),
    *("Invalid type", "Mismatch Type", "Not implemented", "Object Size", "Out of Range", "Parameter Not Allowed"),
    *("Parameter Not Resolved", "Parser", "Sequence", "Syntax", "Unknown Type"),
)


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
        self._policy = QueryPolicy(self._connection)

    def run(self, request: QueryRequest) -> QueryResult:
        """Run a query. Raises QueryError if it is rejected, fails or exceeds a limit."""
        start = time.perf_counter()
        try:
            expected = self._policy.check(self._parse(request.query))
            _check_parameters(expected, set(request.parameters))
            self._connection.execute(request.query, request.parameters or None)
            columns = describe_columns(self._connection)
            content, row_count, is_truncated = encode_rows(self._connection, columns, request)
        except QueryError:
            raise
        except Exception as error:
            raise _to_query_error(error) from None
        types = {name: str(kind) for name, kind in columns.items()}
        milliseconds = round((time.perf_counter() - start) * 1000, 3)
        return QueryResult(types, content, row_count, is_truncated, milliseconds)

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
            raise _syntax_error(query, parsed)
        if parsed["error"] or len(parsed["statements"]) != 1:
            raise QueryError(FailureReason.REFUSED, _rejection_message(query))
        statement: SyntaxNode = parsed["statements"][0]
        return statement


def _check_parameters(expected: set[str], given: set[str]) -> None:
    detail = ""
    if positional := sorted(name for name in expected if name.isdecimal()):
        detail = f"Parameter {positional[0]} has no name; write it as $name."
    elif missing := sorted(expected - given):
        detail = f"The query contains ${missing[0]}, but `parameters` has no value for it."
    elif unused := sorted(given - expected):
        detail = f"`parameters` has a value for {unused[0]!r}, but the query does not contain ${unused[0]}."
    if detail:
        raise QueryError(FailureReason.PARAMETERS, detail)


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


def _syntax_error(query: str, parsed: SyntaxNode) -> QueryError:
    """Return the error for a query that `json_serialize_sql` cannot parse."""
    place, position = "", parsed.get("position", "")
    if position.isdecimal():
        lines = query.encode()[: int(position)].decode(errors="ignore").split("\n")
        place = f", line {len(lines)}, character {len(lines[-1]) + 1}"
    message = _clean_message(parsed["error_message"])
    return QueryError(FailureReason.SYNTAX, f"The query cannot be parsed: {message}{place}.")


def _to_query_error(error: Exception) -> QueryError:
    """Return the error for a query that failed while it ran, without paths or traces."""
    kind, _, message = str(error).partition(" Error: ")
    if kind == "Out of Memory" or isinstance(error, MemoryError):
        detail = "The query exceeded its memory limit; process less data at a time."
        return QueryError(FailureReason.MEMORY_LIMIT, detail)
    if isinstance(error, RecursionError):
        return QueryError(FailureReason.REFUSED, "The query is nested too deeply.")
    if kind not in _USER_ERRORS:
        traceback.print_exception(error)  # goes to the log of the service
        return QueryError(FailureReason.CRASHED, "The query failed inside the engine; try to write it another way.")
    sentence = _clean_message(message)
    line = message.partition("\n\nLINE ")[2].partition(":")[0]
    is_unknown = any(mark in sentence for mark in ("does not exist", "not found", "does not have a column"))
    reason = FailureReason.UNKNOWN_NAME if is_unknown else FailureReason.FAILED
    return QueryError(reason, f"{sentence}{f' (line {line})' if line else ''}.")


def _clean_message(message: str) -> str:
    """Return DuckDB's message in one line, without the full stop, the excerpt of the query and advice on settings."""
    text = message.partition("\n\nLINE ")[0].partition('Use "SET')[0]
    return " ".join(text.replace("!\n", ". ").split()).rstrip(".!")
