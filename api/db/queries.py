"""The API's SQL: one query a file, $parameters bound by the engine, rows handed back as structs.

Every domain keeps its queries in `<domain>/queries/*.sql`, named like the operation that asks them. What several
queries share stands beside them: `macros.sql`, of a domain or of all, holds `create temp macro` statements that each
cursor runs once, and a file in `<domain>/relations/` is a select that a query reads by the file's name, as if it were a
table.

A condition `and ($name is null or …)` on lines of its own is optional. It means the same whether it is run or left
out while $name is null; it is left out, since planning a join that nobody asked for takes longer than most answers.
"""

import re
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import msgspec
from duckdb import DuckDBPyConnection

from api.db.query_timeout import Watch

API_FOLDER = Path(__file__).parents[1]

Row = dict[str, Any]
Answer = TypeVar("Answer")

MOST_STATEMENTS = 1000

_PARAMETER = re.compile(r"\$(\w+)")
_COMMENT = re.compile(r"^ *--.*\n", re.MULTILINE)
# From `and ($name is null or` through its deeper-indented lines and the parenthesis that closes it.
_OPTIONAL = re.compile(r"^( *)and \(\$(\w+) is null or .*\n(?:\1 +.*\n)*(?:\1\).*\n)?", re.MULTILINE)


@dataclass(frozen=True)
class Statement:
    """A query as its file has it, with the relations that it reads."""

    name: str
    domain: str
    description: str
    """The comment that the file begins with."""
    text: str
    """The whole statement, optional conditions included; ends with a line break."""

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The $parameters, without the $, in the order of the text."""
        return tuple(dict.fromkeys(_PARAMETER.findall(self.text)))

    @lru_cache(maxsize=4096)  # noqa: B019 - statements live as long as the process
    def without(self, absent: frozenset[str]) -> str:
        """The text less the conditions that these parameters, all null, make true."""
        return _OPTIONAL.sub(lambda match: "" if match[2] in absent else match[0], self.text)


@dataclass(frozen=True, slots=True)
class Trace:
    """A query that was run, for those who ask how an answer was made."""

    name: str
    sql: str
    parameters: Mapping[str, Any]
    milliseconds: float


class UnboundQueryError(Exception):
    """A query that the tables cannot answer: `name`, and `reason` in the engine's words."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason


traces: ContextVar[list[Trace] | None] = ContextVar("traces", default=None)
"""Where the queries of a request are noted; None where nobody asked."""


def load_macros(folder: Path) -> tuple[str, ...]:
    """The macros of the folder and of every domain in it."""
    return tuple(path.read_text("utf-8") for path in sorted(folder.rglob("macros.sql")))


@lru_cache(maxsize=1)
def load_statements(folder: Path) -> Mapping[str, Statement]:
    """The queries of every domain in the folder, by name, each with the relations that it reads."""
    relations = {path.stem: _code(path.read_text("utf-8")) for path in sorted(folder.rglob("relations/*.sql"))}
    return {path.stem: _statement(path, relations) for path in sorted(folder.rglob("queries/*.sql"))}


def _statement(path: Path, relations: Mapping[str, str]) -> Statement:
    text = path.read_text("utf-8")
    comment = _COMMENT.match(text) and re.match(r"(?: *--.*\n)+", text)
    description = " ".join(line.strip(" -") for line in comment[0].splitlines()) if comment else ""
    body = _code(text)
    for name in (name for name in relations if re.search(rf"\b(?:from|join) {name}\b", body)):
        relation = f"{name} as (\n\n{_indented(relations[name])}\n)"
        body = (
            f"with\n\n{relation},\n{body.removeprefix('with')}"
            if body.startswith("with\n")
            else (f"with\n\n{relation}\n\n{body}")
        )
    return Statement(path.stem, path.parent.parent.name, description, body)


def _code(text: str) -> str:
    return _COMMENT.sub("", text).lstrip("\n")


def _indented(text: str) -> str:
    return re.sub(r"^(?=.)", "    ", text, flags=re.MULTILINE)


@dataclass(eq=False)
class Queries:
    """The queries of the API over one read-only connection; safe to call from several threads."""

    connection: DuckDBPyConnection
    statements: Mapping[str, Statement] = field(default_factory=lambda: load_statements(API_FOLDER))
    macros: tuple[str, ...] = field(default_factory=lambda: load_macros(API_FOLDER))
    watch: Watch = field(default_factory=Watch)
    _idle: deque[DuckDBPyConnection] = field(default_factory=deque)
    _statements: dict[str, duckdb.Statement] = field(default_factory=dict)

    def all(self, schema: type[Answer], name: str, /, **parameters: Any) -> list[Answer]:
        """Run the query `name` and return its rows, in its order, each as a struct of that type."""
        return [msgspec.convert(row, schema) for row in self.rows(name, **parameters)]

    def first(self, name: str, /, **parameters: Any) -> Row | None:
        """Run the query `name` and return its first row, column to value; None without rows."""
        return next(iter(self.rows(name, **parameters)), None)

    def rows(self, name: str, /, **parameters: Any) -> list[Row]:
        """Run the query `name` and return its rows, in its order, each column to value.

        Parameters that are not given are null.
        """
        return self.run(name, parameters)

    def run(self, name: str, parameters: Mapping[str, Any], around: Callable[[str], str] = str) -> list[Row]:
        """Run the query `name`, or what `around` makes of its text, and return all rows."""
        with self.cursor(name, parameters, around) as cursor:
            columns = [column[0] for column in cursor.description or ()]
            return [dict(zip(columns, values, strict=True)) for values in cursor.fetchall()]

    def columns(self, name: str, /, **parameters: Any) -> dict[str, Any]:
        """Run the query `name` and return its rows as a numpy array for each column."""
        with self.cursor(name, parameters) as cursor:
            return cursor.fetchnumpy()

    @contextmanager
    def cursor(
        self, name: str, parameters: Mapping[str, Any], around: Callable[[str], str] = str
    ) -> Iterator[DuckDBPyConnection]:
        """Lend a cursor that has run the query `name`, or what `around` makes of its text, and is yet to be read."""
        absent = frozenset(key for key in self.statements[name].parameters if parameters.get(key) is None)
        text = around(self.statements[name].without(absent))
        values = {key: parameters.get(key) for key in _PARAMETER.findall(text)}
        with self._lent() as cursor:
            start = time.perf_counter()
            with self.watch.over(cursor, name):
                cursor.execute(self._parsed(cursor, text), values)
            seconds = time.perf_counter() - start
            self.watch.told(name, seconds)
            if (noted := traces.get()) is not None:
                noted.append(Trace(name, text, values, seconds * 1000))
            yield cursor

    def _parsed(self, cursor: DuckDBPyConnection, text: str) -> duckdb.Statement:
        """The statement of this text. Texts are few, and parsing is a tenth of a point query's time."""
        if (statement := self._statements.get(text)) is None:
            (statement,) = cursor.extract_statements(text)
            if len(self._statements) >= MOST_STATEMENTS:
                self._statements.clear()
            self._statements[text] = statement
        return statement

    def check(self) -> None:
        """Bind every query to the tables, its parameters null; raises UnboundQueryError for the first that fails."""
        for name, statement in self.statements.items():
            try:
                with self._lent() as cursor:
                    cursor.execute(f"explain {statement.text}", dict.fromkeys(statement.parameters))
            except duckdb.Error as error:
                raise UnboundQueryError(name, str(error).splitlines()[0]) from error
        with self._lent() as cursor:
            cursor.execute("select $value", {"value": 1})  # DuckDB imports numpy with the first value that it binds

    @contextmanager
    def _lent(self) -> Iterator[DuckDBPyConnection]:
        """Lend an idle cursor, or a new one. A cursor whose query failed is not lent again."""
        try:
            cursor = self._idle.pop()
        except IndexError:
            cursor = self._new_cursor()
        try:
            yield cursor
        except BaseException:
            cursor.close()
            raise
        self._idle.append(cursor)

    def _new_cursor(self) -> DuckDBPyConnection:
        cursor = self.connection.cursor()
        for macro in self.macros:
            cursor.execute(macro)
        return cursor

    def close(self) -> None:
        """Close every cursor and the connection."""
        for cursor in self._idle:
            cursor.close()
        self._idle.clear()
        self.watch.stop()
        self.connection.close()
