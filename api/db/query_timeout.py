"""A time limit for queries. DuckDB has none of its own, so a thread interrupts the queries that exceed it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from litestar.exceptions import ServiceUnavailableException

CHECK_SECONDS = 0.5
"""Seconds between two checks of the running queries."""
RETRY_AFTER_SECONDS = 5
"""Value of the Retry-After header after a timeout."""


class QueryTimeoutError(ServiceUnavailableException):
    """A query exceeded its time limit and was interrupted."""

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__(
            f"the query {name} exceeded its time limit of {seconds:g} s and was interrupted",
            headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
        )


class QueryTimeout:
    """Interrupts the queries that exceed a time limit."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._deadlines: dict[duckdb.DuckDBPyConnection, float] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        threading.Thread(target=self._run, name="query timeout", daemon=True).start()

    @contextmanager
    def limit(self, cursor: duckdb.DuckDBPyConnection, name: str) -> Iterator[None]:
        """Limit the time of the query that the cursor runs in this block. Raises QueryTimeoutError."""
        with self._lock:
            self._deadlines[cursor] = time.monotonic() + self._seconds
        try:
            yield
        except duckdb.InterruptException:
            raise QueryTimeoutError(name, self._seconds) from None
        finally:
            with self._lock:
                del self._deadlines[cursor]

    def stop(self) -> None:
        """Stop the thread."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(CHECK_SECONDS):
            # Interrupt under the lock: otherwise the query may end first, and the next one of its cursor be hit.
            with self._lock:
                now = time.monotonic()
                for cursor, deadline in self._deadlines.items():
                    if now > deadline:
                        cursor.interrupt()
