"""Why a query failed, as a sentence for the person who wrote it: no path, no trace, no advice to change settings."""

import duckdb

from api.sql.messages import QueryError, Reason
from api.sql.policy import Node

# The person's own mistakes: DuckDB says best what is wrong with them.
_OWN_WORDS = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ConstraintException,
    duckdb.DataError,
    duckdb.InvalidInputException,
    duckdb.InvalidTypeException,
    duckdb.NotImplementedException,
    duckdb.NotSupportedError,
    duckdb.ParserException,
    duckdb.SequenceException,
    duckdb.SyntaxException,
    duckdb.TypeMismatchException,
)
_UNKNOWN_NAME_MARKS = ("does not exist", "not found", "does not have a column")


def syntax_error(query: str, reading: Node) -> QueryError:
    """What `json_serialize_sql` says about a query that it cannot read."""
    message = _sentence(str(reading["error_message"]))
    position = reading.get("position", "")
    if not position.isdecimal():
        return QueryError(Reason.SYNTAX, f"The query cannot be read: {message}.")
    before = query.encode()[: int(position)].decode(errors="ignore").split("\n")
    return QueryError(
        Reason.SYNTAX, f"The query cannot be read: {message}, line {len(before)}, character {len(before[-1]) + 1}."
    )


def describe(error: Exception) -> QueryError:
    """What a failed run means."""
    if isinstance(error, duckdb.InterruptException):
        return QueryError(Reason.TIME_LIMIT, "The query was stopped.")
    if isinstance(error, (duckdb.OutOfMemoryException, MemoryError)):
        return QueryError(
            Reason.MEMORY_LIMIT, "The query needs more memory than it may take; right is less data at a time."
        )
    if isinstance(error, RecursionError):
        return QueryError(Reason.REFUSED, "The query nests too deeply.")
    if not isinstance(error, _OWN_WORDS):
        return QueryError(Reason.CRASHED, "The query failed inside the engine; another way of writing it may work.")
    sentence = _sentence(str(error).partition("Error: ")[2])
    line = str(error).partition("\n\nLINE ")[2].partition(":")[0]
    reason = Reason.UNKNOWN_NAME if any(mark in sentence for mark in _UNKNOWN_NAME_MARKS) else Reason.FAILED
    return QueryError(reason, f"{sentence}{f' (line {line})' if line else ''}.")


def _sentence(message: str) -> str:
    """DuckDB's message in one line, without its full stop, its excerpt of the query and its advice on settings."""
    said = message.partition("\n\nLINE ")[0].partition('Use "SET')[0]
    return " ".join(said.replace("!\n", ". ").split()).rstrip(".!")
