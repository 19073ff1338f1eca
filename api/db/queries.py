"""Runs query files by name and returns their rows."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import msgspec
from duckdb import DuckDBPyConnection

from api.db.cursor_pool import CursorPool
from api.db.query_files import API_FOLDER, PARAMETER, QueryFile, load_macros, load_query_files
from api.db.query_timeout import QueryTimeout

Row = dict[str, Any]
RowStruct = TypeVar("RowStruct")

OnQuery = Callable[[str, float], object]
"""Called after each successful query with its name and its seconds."""

MAX_PARSED_STATEMENTS = 1000
"""Maximum number of cached statements; a full cache is cleared."""
DEFAULT_TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class QueryTrace:
    """A query that was run, for `explain=sql` and for the pages that show their SQL."""

    name: str
    sql: str
    parameters: Mapping[str, Any]
    milliseconds: float
    """Time to the first row."""


query_traces: ContextVar[list[QueryTrace] | None] = ContextVar("query_traces", default=None)
"""The queries of the current request; None if they are not recorded."""


class UnboundQueryError(Exception):
    """A query that does not fit the tables. Has the `name` of the query and the `reason` given by DuckDB."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason


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
        self._pool = CursorPool(connection, self.macros)
        self._timeout = QueryTimeout(timeout_seconds)
        self._on_query = on_query
        self._parsed: dict[str, duckdb.Statement] = {}

    def all(self, schema: type[RowStruct], name: str, /, **parameters: Any) -> list[RowStruct]:
        """Run a query and return its rows as structs."""
        return [msgspec.convert(row, schema) for row in self.run(name, parameters)]

    def first(self, name: str, /, **parameters: Any) -> Row | None:
        """Run a query and return its first row, or None if it has no rows."""
        return next(iter(self.run(name, parameters)), None)

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
        with self._pool.cursor() as cursor:
            start = time.perf_counter()
            with self._timeout.limit(cursor, name):
                cursor.execute(self._parsed.get(text) or self._parse(cursor, text), values)
            seconds = time.perf_counter() - start
            for callback in self._on_query:
                callback(name, seconds)
            if (traces := query_traces.get()) is not None:
                traces.append(QueryTrace(name, text, values, seconds * 1000))
            yield cursor

    def check(self) -> None:
        """Bind every query to the tables. Raises UnboundQueryError for the first that fails."""
        for file in self.files.values():
            try:
                with self._pool.cursor() as cursor:
                    cursor.execute(f"explain {file.text}", dict.fromkeys(file.parameters))
            except duckdb.Error as error:
                raise UnboundQueryError(file.name, str(error).splitlines()[0]) from error
        with self._pool.cursor() as cursor:
            # DuckDB imports numpy when it binds its first value: do it here, not in the first request.
            cursor.execute("select $value", {"value": 1})

    def close(self) -> None:
        """Close the cursors and the connection."""
        self._timeout.stop()
        self._pool.close()

    def _parse(self, cursor: DuckDBPyConnection, text: str) -> duckdb.Statement:
        """Parse a statement and cache it: parsing takes a tenth of the time of a query for one row."""
        (statement,) = cursor.extract_statements(text)
        if len(self._parsed) >= MAX_PARSED_STATEMENTS:
            self._parsed.clear()
        self._parsed[text] = statement
        return statement
