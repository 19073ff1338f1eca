"""Why a query failed, as a sentence for the person who wrote it: no path, no trace, no advice to change settings."""

from api.sandbox.policy import Node
from api.sandbox.protocol import QueryError, Reason

# DuckDB's messages begin with their kind, also where Arrow hands them on as errors of its own. These are about the
# person's own mistakes, and DuckDB says best what they are.
_OWN_MISTAKES = frozenset(
    (
        *("Binder", "Catalog", "Constraint", "Conversion", "Decimal", "Divide by Zero", "Expression", "Invalid Input"),
        *("Invalid type", "Mismatch Type", "Not implemented", "Object Size", "Out of Range", "Parameter Not Allowed"),
        *("Parameter Not Resolved", "Parser", "Sequence", "Syntax", "Unknown Type"),
    )
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
    kind, _, message = str(error).partition(" Error: ")
    if kind == "INTERRUPT":
        return QueryError(Reason.TIME_LIMIT, "The query was stopped.")
    if kind == "Out of Memory" or isinstance(error, MemoryError):
        return QueryError(
            Reason.MEMORY_LIMIT, "The query needs more memory than it may take; right is less data at a time."
        )
    if isinstance(error, RecursionError):
        return QueryError(Reason.REFUSED, "The query nests too deeply.")
    if kind not in _OWN_MISTAKES:
        return QueryError(Reason.CRASHED, "The query failed inside the engine; another way of writing it may work.")
    sentence = _sentence(message)
    line = message.partition("\n\nLINE ")[2].partition(":")[0]
    reason = Reason.UNKNOWN_NAME if any(mark in sentence for mark in _UNKNOWN_NAME_MARKS) else Reason.FAILED
    return QueryError(reason, f"{sentence}{f' (line {line})' if line else ''}.")


def _sentence(message: str) -> str:
    """DuckDB's message in one line, without its full stop, its excerpt of the query and its advice on settings."""
    said = message.partition("\n\nLINE ")[0].partition('Use "SET')[0]
    return " ".join(said.replace("!\n", ". ").split()).rstrip(".!")
