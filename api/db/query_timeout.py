"""Queries that run are watched: one that takes too long is interrupted, and each tells how long it took."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

SECONDS_BETWEEN_LOOKS = 0.5


class TooSlowError(Exception):
    """A query was interrupted: it took longer than it may."""

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__(f"the query {name} took longer than {seconds:g} s and was interrupted")


class Watch:
    """Watches the queries of one build. A thread of its own is started with the first one."""

    def __init__(self, seconds: float = 30, told: Callable[[str, float], object] = lambda name, seconds: None) -> None:
        """`seconds`: what a query may take. `told` is called with the name and the seconds of each that ended well."""
        self.told = told
        self._seconds = seconds
        self._running: dict[duckdb.DuckDBPyConnection, float] = {}
        self._overdue: set[duckdb.DuckDBPyConnection] = set()
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    @contextmanager
    def over(self, cursor: duckdb.DuckDBPyConnection, name: str) -> Iterator[None]:
        """Interrupt what the cursor runs when its time is up. Raises TooSlowError then."""
        with self._lock:
            self._running[cursor] = time.monotonic() + self._seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="query watch", daemon=True)
                self._thread.start()
        try:
            yield
        except duckdb.InterruptException:
            if cursor not in self._overdue:
                raise
            raise TooSlowError(name, self._seconds) from None
        finally:
            with self._lock:
                del self._running[cursor]
                self._overdue.discard(cursor)

    def stop(self) -> None:
        """Watch no more."""
        self._stopped.set()

    def _look(self) -> None:
        while not self._stopped.wait(SECONDS_BETWEEN_LOOKS):
            with self._lock:
                now = time.monotonic()
                # Within the lock: a cursor whose query has just ended must not lose the next one.
                for cursor in [cursor for cursor, due in self._running.items() if now > due]:
                    self._overdue.add(cursor)
                    cursor.interrupt()
