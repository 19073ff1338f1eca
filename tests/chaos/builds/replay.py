"""Replays the SQL of a dbt build, in a second, on other raw files.

Most of the time of a small build is dbt's own start-up. The SQL does not depend on the content of the raw files.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb


@dataclass(frozen=True, slots=True)
class Statement:
    """A SQL statement of dbt. The last column of a test's single row says whether the test failed."""

    node: str
    sql: str
    is_test: bool = False


def read_statements(target: Path) -> Iterator[Statement]:
    """Yield the statements of the build that wrote dbt's artifacts into `target`, in their order."""
    nodes = json.loads((target / "manifest.json").read_text("utf-8"))["nodes"]
    results = json.loads((target / "run_results.json").read_text("utf-8"))["results"]
    built = [nodes[result["unique_id"]] for result in results if result["unique_id"] in nodes]
    for schema in sorted(
        {f"{node['database']}.{node['schema']}" for node in built if node["resource_type"] == "model"}
    ):
        yield Statement(schema, f"create schema {schema}")
    yield Statement("seeds", "create schema scratch.seeds")
    for node in built:
        name = node["unique_id"]
        match node:
            case {"resource_type": "operation", "compiled_code": sql}:
                yield Statement(name, sql)
            case {"resource_type": "seed", "relation_name": table, "path": path}:
                yield Statement(name, f"create table {table} as from read_csv('seeds/{path}', header = true)")
            case {"resource_type": kind, "build_path": path}:
                # dbt writes into a temporary table, which it then renames.
                sql = Path(path).read_text("utf-8").replace("__dbt_tmp", "")
                yield Statement(name, sql, is_test=kind == "test")


def replay(statements: list[Statement], connection: duckdb.DuckDBPyConnection) -> list[str]:
    failed = []
    for statement in statements:
        result = connection.execute(statement.sql)
        if statement.is_test and result.fetchall()[0][-1]:
            failed.append(statement.node)
    return failed
