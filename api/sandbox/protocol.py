"""The limits of ad-hoc SQL, and the messages between the service and its worker processes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

import msgspec

MAX_QUERY_LENGTH = 10_000
"""Maximum length of a query, in characters."""
MAX_ROWS = 10_000
"""Maximum number of rows that a request can ask for."""
MAX_RESULT_BYTES = 16 * 1024 * 1024
"""Maximum size of a result in any format, in bytes."""

ResultFormat = Literal["json", "ndjson", "csv", "parquet", "arrow"]
"""The format of a result; json is an array of objects, arrow an IPC stream."""


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """Whether ad-hoc SQL is on, and the limits of a query."""

    is_on: bool = False
    seconds: float = 2
    """Maximum duration of a query, in seconds."""
    rows: int = 1000
    """Rows returned unless the request sets a limit."""
    memory_mb: int = 256
    """Maximum memory of a query, in MB."""
    concurrency: int = 2
    """Queries that run at the same time, each in its own process."""


class FailureReason(StrEnum):
    """Why a query has no result."""

    SYNTAX = "syntax"
    REFUSED = "refused"
    UNKNOWN_NAME = "unknown_name"
    PARAMETERS = "parameters"
    FAILED = "failed"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    SIZE_LIMIT = "size_limit"
    CRASHED = "crashed"
    BUSY = "busy"
    OFF = "off"


class QueryError(Exception):
    """A query has no result; `detail` is a sentence for the user: what is wrong and how to fix it."""

    def __init__(self, reason: FailureReason, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


class QueryRequest(msgspec.Struct, frozen=True):
    """A query to run."""

    query: str
    parameters: dict[str, Any] = {}
    row_limit: int = 0
    """Maximum number of rows; 0 stands for the default of the options."""
    format: ResultFormat = "json"


class QueryResult(msgspec.Struct, frozen=True):
    """The result of a query."""

    columns: dict[str, str]
    """The DuckDB type of each column, by name."""
    rows: bytes
    """The rows in the requested format."""
    row_count: int
    is_truncated: bool
    """Whether the query has more rows than the limit."""
    milliseconds: float
    """Time from parsing the query to the encoded rows."""


Answer = QueryResult | tuple[FailureReason, str]
"""A worker's answer to a request: the result, or the arguments of a QueryError."""
