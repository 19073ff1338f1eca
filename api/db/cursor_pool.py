"""A pool of DuckDB cursors."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from duckdb import DuckDBPyConnection


class CursorPool:
    """The cursors of one connection, one per thread at a time. Each cursor has the macros of the API."""

    def __init__(self, connection: DuckDBPyConnection, macros: Sequence[str]) -> None:
        self._connection = connection
        self._macros = macros
        self._idle: deque[DuckDBPyConnection] = deque()

    @contextmanager
    def cursor(self) -> Iterator[DuckDBPyConnection]:
        """Borrow a cursor. It returns to the pool unless the block raises: a failed query may leave it unusable."""
        try:
            cursor = self._idle.pop()
        except IndexError:
            cursor = self._create_cursor()
        try:
            yield cursor
        except BaseException:
            cursor.close()
            raise
        self._idle.append(cursor)

    def close(self) -> None:
        """Close the idle cursors and the connection."""
        while self._idle:
            self._idle.pop().close()
        self._connection.close()

    def _create_cursor(self) -> DuckDBPyConnection:
        cursor = self._connection.cursor()
        for macro in self._macros:
            cursor.execute(macro)
        return cursor
