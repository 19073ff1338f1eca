"""Runs query files by name, with a time limit, and returns their rows."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import msgspec
from duckdb import DuckDBPyConnection
from litestar.exceptions import ServiceUnavailableException

from api.db.query_files import API_FOLDER, PARAMETER, QueryFile, load_macros, load_query_files
from api.http.context import request_context
from warehouse.connection import REBUILD, WarehouseUnavailableError

Row = dict[str, Any]
RowStruct = TypeVar("RowStruct")

OnQuery = Callable[[str, float], object]
"""Called after each successful query with its name and its seconds."""

DEFAULT_TIMEOUT_SECONDS = 30.0
TIMEOUT_CHECK_SECONDS = 0.5
"""Seconds between two checks of the running queries."""
RETRY_AFTER_SECONDS = 5
"""Value of the Retry-After header after a timeout."""


@dataclass(frozen=True, slots=True)
class QueryTrace:
    """A query that was run, for `explain=sql` and for the pages that show their SQL."""

    name: str
    sql: str
    parameters: Mapping[str, Any]
    milliseconds: float
    """Time to the first row."""


class QueryTimeoutError(ServiceUnavailableException):
    """A query exceeded its time limit and was interrupted."""

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__(
            f"the query {name} exceeded its time limit of {seconds:g} s and was interrupted",
            headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
        )


class QueryTimeout:
    """Interrupts the queries that exceed a time limit, from a thread: DuckDB has no time limit of its own."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._deadlines: dict[DuckDBPyConnection, float] = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        threading.Thread(target=self._run, name="query timeout", daemon=True).start()

    @contextmanager
    def limit(self, cursor: DuckDBPyConnection, name: str) -> Iterator[None]:
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
        while not self._stopped.wait(TIMEOUT_CHECK_SECONDS):
            # Interrupt under the lock: otherwise the query may end first, and the next one of its cursor be hit.
            with self._lock:
                now = time.monotonic()
                for cursor, deadline in self._deadlines.items():
                    if now > deadline:
                        cursor.interrupt()


class Queries:
    """Runs the query files of a folder on one read-only connection. Thread-safe."""

    def __init__(
        self,
        connection: DuckDBPyConnection,
        folder: Path = API_FOLDER,
        *,
        timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS,
        on_query: Sequence[OnQuery] = (),
    ) -> None:
        self.connection = connection
        self.files: Mapping[str, QueryFile] = load_query_files(folder)
        self.macros = load_macros(folder)
        self._idle_cursors: deque[DuckDBPyConnection] = deque()
        self._timeout = QueryTimeout(timeout_seconds)
        self._on_query = on_query
        # Parsing takes a tenth of the time of a query for one row.
        self._parse = lru_cache(maxsize=1000)(connection.extract_statements)

    def all(self, schema: type[RowStruct], name: str, /, **parameters: Any) -> list[RowStruct]:
        """Run a query and return its rows as structs."""
        return [msgspec.convert(row, schema) for row in self.run(name, parameters)]

    def first(self, name: str, /, **parameters: Any) -> Row | None:
        """Run a query and return its first row, or None if it has no rows."""
        with self.cursor(name, parameters) as cursor:
            values = cursor.fetchone()
            columns = (column[0] for column in cursor.description or ())
            return dict(zip(columns, values, strict=True)) if values else None

    def rows(self, name: str, /, **parameters: Any) -> list[Row]:
        """Run a query and return its rows. Parameters that are not given are null."""
        return self.run(name, parameters)

    def columns(self, name: str, /, **parameters: Any) -> dict[str, Any]:
        """Run a query and return its columns as numpy arrays."""
        with self.cursor(name, parameters) as cursor:
            return cursor.fetchnumpy()

    def run(self, name: str, parameters: Mapping[str, Any], wrap: Callable[[str], str] | None = None) -> list[Row]:
        """Run a query, after `wrap` has changed its SQL, and return its rows."""
        with self.cursor(name, parameters, wrap) as cursor:
            columns = [column[0] for column in cursor.description or ()]
            return [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]

    @contextmanager
    def cursor(
        self, name: str, parameters: Mapping[str, Any], wrap: Callable[[str], str] | None = None
    ) -> Iterator[DuckDBPyConnection]:
        """Run a query, after `wrap` has changed its SQL, and yield the cursor to fetch its rows from."""
        file = self.files[name]
        text = file.without(frozenset(key for key in file.parameters if parameters.get(key) is None))
        if wrap:
            text = wrap(text)
        values = {key: parameters.get(key) for key in PARAMETER.findall(text)}
        try:
            cursor = self._idle_cursors.pop()
        except IndexError:
            cursor = self._create_cursor()
        try:
            start = time.perf_counter()
            with self._timeout.limit(cursor, name):
                cursor.execute(self._parse(text)[0], values)
            seconds = time.perf_counter() - start
            for callback in self._on_query:
                callback(name, seconds)
            if (context := request_context.get(None)) and context.query_traces is not None:
                context.query_traces.append(QueryTrace(name, text, values, seconds * 1000))
            yield cursor
        except BaseException:  # a failed query may leave its cursor unusable
            cursor.close()
            raise
        self._idle_cursors.append(cursor)

    def check(self, path: Path) -> None:
        """Raise WarehouseUnavailableError if a query does not fit the tables. `path` is named in the message."""
        name = "macros"
        try:
            cursor = self._create_cursor()
            for name, file in self.files.items():  # noqa: B007 - named in the message
                cursor.execute(f"explain {file.text}", dict.fromkeys(file.parameters))
        except duckdb.Error as error:
            detail = f"cannot run the query {name} ({str(error).splitlines()[0]})"
            raise WarehouseUnavailableError(f"{path} {detail}; {REBUILD}") from error
        # DuckDB imports numpy when it binds its first value: do it here, not in the first request.
        cursor.execute("select $value", {"value": 1})
        self._idle_cursors.append(cursor)

    def close(self) -> None:
        """Close the idle cursors and the connection."""
        self._timeout.stop()
        while self._idle_cursors:
            self._idle_cursors.pop().close()
        self.connection.close()

    def _create_cursor(self) -> DuckDBPyConnection:
        """Return a cursor with the macros."""
        cursor = self.connection.cursor()
        for macro in self.macros:
            cursor.execute(macro)
        return cursor
