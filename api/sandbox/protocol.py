"""The messages between the service and its worker processes."""

from enum import StrEnum
from typing import Any, Literal

import msgspec

ResultFormat = Literal["json", "ndjson", "csv", "parquet", "arrow"]
"""The format of a result; json is an array of objects, arrow an IPC stream."""

GRACE_SECONDS = 0.3
"""Time that an interrupted query has to end, in seconds."""

INTERRUPT = b""
"""The frame that interrupts the running query."""


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


class QueryRequest(msgspec.Struct, frozen=True):
    """A query to run."""

    query: str
    parameters: dict[str, Any]
    row_limit: int
    format: ResultFormat = "json"


class ResultColumn(msgspec.Struct, frozen=True):
    """A column of a result, with its DuckDB type."""

    name: str
    type: str


class QueryResult(msgspec.Struct, frozen=True, tag="result"):
    """The result of a query."""

    columns: list[ResultColumn]
    rows: bytes
    """The rows in the requested format."""
    row_count: int
    is_truncated: bool
    """Whether the query has more rows than the limit."""
    milliseconds: float
    """Time from parsing the query to the encoded rows."""


class WorkerReady(msgspec.Struct, frozen=True, tag="ready"):
    """The worker has opened this build of the warehouse."""

    build_id: str


class QueryFailure(msgspec.Struct, frozen=True, tag="failure"):
    """A query has no result."""

    reason: FailureReason
    detail: str
    """A sentence for the user: what is wrong and how to fix it."""


WorkerMessage = QueryResult | WorkerReady | QueryFailure


class QueryError(Exception):
    """A query has no result; `detail` is a sentence for the user."""

    def __init__(self, reason: FailureReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
