"""The API's SQL: one query a file, $parameters bound by the engine, rows handed back as structs.

Every domain keeps its queries in `<domain>/queries/*.sql`, named like the operation that asks them. What
several of them share stands in `<domain>/macros.sql`: `create temp macro` statements each cursor runs once.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import msgspec
from duckdb import DuckDBPyConnection

API_FOLDER = Path(__file__).parent

Row = dict[str, Any]
Answer = TypeVar("Answer")


class UnboundQueryError(Exception):
    """A query that the tables cannot answer: `name`, and `reason` in the engine's words."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason


class Queries:
    """The queries of a folder of domains over one read-only connection; safe to call from several threads."""

    def __init__(self, connection: DuckDBPyConnection, folder: Path = API_FOLDER) -> None:
        self._connection = connection
        self._statements = {path.stem: path.read_text("utf-8") for path in folder.glob("*/queries/*.sql")}
        self._macros = [path.read_text("utf-8") for path in sorted(folder.glob("*/macros.sql"))]
        self._idle: deque[DuckDBPyConnection] = deque()

    def all(self, schema: type[Answer], name: str, **parameters: Any) -> list[Answer]:
        """Run the query `name` and return its rows, in its order, each as a struct of that type."""
        return [msgspec.convert(row, schema) for row in self.rows(name, **parameters)]

    def first(self, name: str, **parameters: Any) -> Row | None:
        """Run the query `name` and return its first row, column to value; None without rows."""
        return next(iter(self.rows(name, **parameters)), None)

    def rows(self, name: str, **parameters: Any) -> list[Row]:
        """Run the query `name` and return its rows, in its order, each column to value."""
        with self._cursor() as cursor:
            cursor.execute(self._statements[name], parameters)
            columns = [column[0] for column in cursor.description or ()]
            return [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]

    def check(self) -> None:
        """Bind every query to the tables, its parameters null; raises UnboundQueryError for the first that fails."""
        for name, statement in self._statements.items():
            try:
                with self._cursor() as cursor:
                    (parsed,) = cursor.extract_statements(statement)
                    cursor.execute(f"explain {statement}", dict.fromkeys(parsed.named_parameters))
            except duckdb.Error as error:
                raise UnboundQueryError(name, str(error).splitlines()[0]) from error

    @contextmanager
    def _cursor(self) -> Iterator[DuckDBPyConnection]:
        """Lend an idle cursor, or a new one. A cursor whose query failed is not lent again."""
        try:
            cursor = self._idle.pop()
        except IndexError:
            cursor = self._new_cursor()
        try:
            yield cursor
        except Exception:
            cursor.close()
            raise
        self._idle.append(cursor)

    def _new_cursor(self) -> DuckDBPyConnection:
        cursor = self._connection.cursor()
        for macro in self._macros:
            cursor.execute(macro)
        return cursor

    def close(self) -> None:
        """Close every cursor and the connection."""
        for cursor in self._idle:
            cursor.close()
        self._idle.clear()
        self._connection.close()
