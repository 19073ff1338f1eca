"""What the service and the process that runs a query say to each other."""

from enum import StrEnum
from typing import Any, Literal

import msgspec

Form = Literal["json", "ndjson", "csv", "parquet", "arrow"]
"""How the rows of an answer are written; json is an array of objects, arrow an IPC stream."""

GRACE_SECONDS = 0.3
"""Time for a query to end after it was asked to."""

INTERRUPT = b""
"""The frame that asks the process to give up the query it runs."""


class Reason(StrEnum):
    """Why a query has no answer."""

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


class Question(msgspec.Struct, frozen=True):
    """A query to run."""

    query: str
    parameters: dict[str, Any]
    row_limit: int
    form: Form = "json"


class Column(msgspec.Struct, frozen=True):
    """A column of an answer, with its DuckDB type."""

    name: str
    type: str


class SqlResult(msgspec.Struct, frozen=True, tag="result"):
    """The answer to a query."""

    columns: list[Column]
    rows: bytes
    """In the form that was asked for."""
    row_count: int
    is_truncated: bool
    """Whether there were more rows than the limit."""
    milliseconds: float
    """From reading the query to the written rows."""


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The process has opened this build of the warehouse."""

    build_id: str


class NoAnswer(msgspec.Struct, frozen=True, tag="no_answer"):
    """Why there is none."""

    reason: Reason
    detail: str
    """A sentence: what was wrong and what would be right."""


Reply = SqlResult | Ready | NoAnswer


class QueryError(Exception):
    """A query has no answer; the detail is for the person who asked."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
