"""Turns DuckDB's errors into messages for the user, without paths, traces or advice to change settings."""

from api.sandbox.policy import SyntaxNode
from api.sandbox.protocol import FailureReason, QueryError

# DuckDB's messages start with the kind of error, also where Arrow wraps them. For these kinds, the user's own mistakes,
# DuckDB's message is the best one.
_USER_ERRORS = frozenset(
    (
        *("Binder", "Catalog", "Constraint", "Conversion", "Decimal", "Divide by Zero", "Expression", "Invalid Input"),
        *("Invalid type", "Mismatch Type", "Not implemented", "Object Size", "Out of Range", "Parameter Not Allowed"),
        *("Parameter Not Resolved", "Parser", "Sequence", "Syntax", "Unknown Type"),
    )
)
_UNKNOWN_NAME_MARKS = ("does not exist", "not found", "does not have a column")


def syntax_error(query: str, parsed: SyntaxNode) -> QueryError:
    """Return the error for a query that `json_serialize_sql` cannot parse."""
    message = _clean_message(str(parsed["error_message"]))
    position = parsed.get("position", "")
    if not position.isdecimal():
        return QueryError(FailureReason.SYNTAX, f"The query cannot be parsed: {message}.")
    lines = query.encode()[: int(position)].decode(errors="ignore").split("\n")
    place = f"line {len(lines)}, character {len(lines[-1]) + 1}"
    return QueryError(FailureReason.SYNTAX, f"The query cannot be parsed: {message}, {place}.")


def to_query_error(error: Exception) -> QueryError:
    """Return the error for a query that failed while it ran."""
    kind, _, message = str(error).partition(" Error: ")
    if kind == "INTERRUPT":
        return QueryError(FailureReason.TIME_LIMIT, "The query was interrupted.")
    if kind == "Out of Memory" or isinstance(error, MemoryError):
        return QueryError(
            FailureReason.MEMORY_LIMIT, "The query exceeded its memory limit; process less data at a time."
        )
    if isinstance(error, RecursionError):
        return QueryError(FailureReason.REFUSED, "The query is nested too deeply.")
    if kind not in _USER_ERRORS:
        return QueryError(FailureReason.CRASHED, "The query failed inside the engine; try to write it another way.")
    sentence = _clean_message(message)
    line = message.partition("\n\nLINE ")[2].partition(":")[0]
    is_unknown = any(mark in sentence for mark in _UNKNOWN_NAME_MARKS)
    reason = FailureReason.UNKNOWN_NAME if is_unknown else FailureReason.FAILED
    return QueryError(reason, f"{sentence}{f' (line {line})' if line else ''}.")


def _clean_message(message: str) -> str:
    """Return DuckDB's message in one line, without the full stop, the excerpt of the query and advice on settings."""
    text = message.partition("\n\nLINE ")[0].partition('Use "SET')[0]
    return " ".join(text.replace("!\n", ". ").split()).rstrip(".!")
