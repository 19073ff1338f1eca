"""Record the SQL of one dbt build and replay it, in a second, on other raw files.

Most of the time of a small build is dbt's own start-up. The SQL does not depend on the content of the raw files.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from warehouse.processes import run_process
from warehouse.settings import Settings
from warehouse.transform import build_command, dbt_environment

REPLAYED_NODES = ("model", "operation", "test")
SKIPPED_PREFIXES = ("BEGIN", "COMMIT", "ROLLBACK", "DESCRIBE", "select table_name,", "select database_name,")
"""Statements that dbt runs for itself, and transactions, because the replay has a single connection."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A recorded SQL statement. The last column of a test's single row says whether the test failed."""

    node: str
    sql: str
    is_test: bool


@dataclass(slots=True)
class Recorder:
    """Collects the statements of dbt's debug log."""

    statements: list[Statement] = field(default_factory=list)

    def process_line(self, line: str) -> None:
        event: dict[str, Any] = json.loads(line)
        if event["info"]["name"] == "SQLQuery":
            self.statements += self._statements(event["data"])

    def _statements(self, data: dict[str, Any]) -> Iterator[Statement]:
        kind, _, name = (data.get("node_info") or {}).get("unique_id", "").partition(".")
        sql = data["sql"].partition("*/")[2].strip() or data["sql"]
        if (kind in REPLAYED_NODES or "create schema" in sql) and not " ".join(sql.split()).startswith(
            SKIPPED_PREFIXES
        ):
            yield Statement(f"{kind} {name}", sql, is_test=kind == "test")


def record(settings: Settings, raw_folder: Path) -> list[Statement]:
    """Build the raw files with dbt and return its statements."""
    recorder = Recorder()
    command = [*build_command(settings), "--log-level", "debug"]
    environment = dbt_environment(settings, raw_folder)
    result = run_process(command, cwd=settings.dbt_project, environment=environment, on_line=recorder.process_line)
    assert result.exit_code == 0, "dbt cannot build the undamaged files"
    return [*_seed_statements(settings), *recorder.statements]


def _seed_statements(settings: Settings) -> Iterator[Statement]:
    """Yield statements that load the seeds. dbt's own insert parameters that its log does not show."""
    yield Statement("seeds", "create schema if not exists scratch.seeds", is_test=False)
    for path in sorted((settings.dbt_project / "seeds").glob("*.csv")):
        sql = f"create table scratch.seeds.{path.stem} as from read_csv('seeds/{path.name}', header = true)"
        yield Statement(f"seed {path.stem}", sql, is_test=False)


def replay(statements: list[Statement], connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Run the statements and return the tests that fail."""
    failed = []
    for statement in statements:
        result = connection.execute(statement.sql)
        if statement.is_test and result.fetchall()[0][-1]:
            failed.append(statement.node)
    return failed
