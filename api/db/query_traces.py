"""A record of the queries that a request runs, for `explain=sql` and for the pages that show their SQL."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class QueryTrace:
    """A query that was run."""

    name: str
    sql: str
    parameters: Mapping[str, Any]
    milliseconds: float
    """Time to the first row."""


query_traces: ContextVar[list[QueryTrace] | None] = ContextVar("query_traces", default=None)
"""The queries of the current request; None if they are not recorded."""
