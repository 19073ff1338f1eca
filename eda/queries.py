"""The SQL queries of the report, one per file in queries/."""

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
class Query:
    """A query with the values of its parameters."""

    name: str
    """Name of the file in queries/, without its suffix."""
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def sql(self) -> str:
        return (QUERIES / f"{self.name}.sql").read_text("utf-8").strip()

    @property
    def tables(self) -> list[str]:
        """The tables that the query reads, as schema.table."""
        return list(dict.fromkeys(_TABLE.findall(self.sql)))

    @property
    def display_sql(self) -> str:
        """The query with its parameters replaced by their values, so that readers can run it."""
        text = self.sql
        for parameter, value in self.parameters.items():
            text = text.replace(f"${parameter}", f"'{value}'")
        return text

    def run(self, connection: duckdb.DuckDBPyConnection) -> Rows:
        cursor = connection.execute(self.sql, dict(self.parameters) or None)
        columns = [column for column, *_ in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
