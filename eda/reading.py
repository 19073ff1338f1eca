"""The report's queries, one a file, and their rows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

_TABLE = re.compile(r"\b(?:from|join) (\w+\.\w+)")
QUERIES = Path(__file__).parent / "queries"

Row = dict[str, Any]
Rows = list[Row]


@dataclass(frozen=True, slots=True)
class Question:
    """A query and what its $parameters are."""

    query: str
    """Name of the file in queries/, without its suffix."""
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def sql(self) -> str:
        return (QUERIES / f"{self.query}.sql").read_text("utf-8")

    @property
    def tables(self) -> list[str]:
        """Where its numbers come from, schema.table, each once in the order of the text."""
        return list(dict.fromkeys(_TABLE.findall(self.sql)))

    @property
    def shown_sql(self) -> str:
        """The query as a reader can run it: its parameters, which are names of ours, written out."""
        text = self.sql
        for parameter, value in self.parameters.items():
            text = text.replace(f"${parameter}", f"'{value}'")
        return text

    def ask(self, connection: duckdb.DuckDBPyConnection) -> Rows:
        """Returns the rows, column → value."""
        cursor = connection.execute(self.sql, dict(self.parameters) or None)
        columns = [column for column, *_ in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
