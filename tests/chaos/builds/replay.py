"""What dbt does to DuckDB in a build, written down once and done again in a second: the same statements, in its order.

Most of a small build is dbt's own start. Its log tells every statement that it runs; all that changes from one set of
raw files to another is what those files hold.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from warehouse.processes import run_process
from warehouse.settings import Settings
from warehouse.transform import build_command, dbt_environment

REPEATED = ("model", "operation", "test")
"""Kinds of nodes whose statements are done again."""
NOT_REPEATED = ("BEGIN", "COMMIT", "ROLLBACK", "DESCRIBE", "select table_name,", "select database_name,")
"""How statements begin that dbt runs for itself. The first three are left out since there is one connection."""


@dataclass(frozen=True, slots=True)
class Statement:
    """`is_test`: its answer is one row, which says in its last column whether the build fails."""

    node: str
    sql: str
    is_test: bool


@dataclass(slots=True)
class Recorder:
    """Follows dbt's log at its most talkative."""

    statements: list[Statement] = field(default_factory=list)

    def follow(self, line: str) -> None:
        event: dict[str, Any] = json.loads(line)
        if event["info"]["name"] == "SQLQuery":
            self.statements += self._statements(event["data"])

    def _statements(self, data: dict[str, Any]) -> Iterator[Statement]:
        kind, _, name = (data.get("node_info") or {}).get("unique_id", "").partition(".")
        sql = data["sql"].partition("*/")[2].strip() or data["sql"]
        if (kind in REPEATED or "create schema" in sql) and not " ".join(sql.split()).startswith(NOT_REPEATED):
            yield Statement(f"{kind} {name}", sql, is_test=kind == "test")


def record(settings: Settings, staged_folder: Path) -> list[Statement]:
    """Builds `staged_folder` into the settings' file by dbt, and returns what it did."""
    recorder = Recorder()
    command = [*build_command(settings), "--log-level", "debug"]
    environment = dbt_environment(settings, staged_folder)
    result = run_process(command, cwd=settings.dbt_project, environment=environment, on_line=recorder.follow)
    assert result.exit_code == 0, "dbt cannot build the undamaged files"
    return recorder.statements


def python_literal_reader(settings: Settings) -> Any:
    """The plugin by which dbt reads literals that SQL cannot."""
    sys.path.insert(0, str(settings.dbt_project / "plugins"))
    try:
        return __import__("python_literals").Plugin
    finally:
        sys.path.pop(0)


def replay(statements: list[Statement], connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Runs the statements where the raw files lie as they lay for dbt; returns the tests that fail."""
    failed = []
    for statement in statements:
        found = connection.execute(statement.sql)
        if statement.is_test and found.fetchall()[0][-1]:
            failed.append(statement.node)
    return failed
