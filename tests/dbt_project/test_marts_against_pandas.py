"""Every table that dbt builds from the sample holds what a second implementation, in pandas, makes of it."""

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from warehouse.settings import REPOSITORY_ROOT, Settings

MODELS = REPOSITORY_ROOT / "dbt_project" / "models"
SHOWN = 10

Rows = dict[tuple[Any, ...], dict[str, Any]]


def published_tables() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (schema.name, grain) of every public model, except those whose YAML says `is_in_oracle: false`."""
    for schema in ("marts", "quality"):
        for file in sorted((MODELS / schema).rglob("*.yml")):
            for model in yaml.safe_load(file.read_text("utf-8")).get("models", []):
                meta = model["config"]["meta"]
                if meta.get("is_in_oracle", True):
                    yield f"{schema}.{model['name']}", tuple(meta["grain"])


GRAINS = dict(published_tables())


@pytest.fixture(scope="module")
def pandas_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("pandas") / "movies.duckdb"
    sample = Settings.from_environment({}).sample_folder
    command = [sys.executable, "-W", "error", "-m", "tests.oracle", str(sample), str(database)]
    done = subprocess.run(command, cwd=REPOSITORY_ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    return database


@pytest.mark.parametrize("table", GRAINS)
def test_table_equals_its_second_implementation(table: str, sample_warehouse: Path, pandas_warehouse: Path) -> None:
    built = read_rows(sample_warehouse, table)
    expected = read_rows(pandas_warehouse, table)
    assert expected, f"the sample leaves {table} empty: nothing is compared"
    differences = list(compare(built, expected))
    shown = "\n".join(differences[:SHOWN])
    assert not differences, f"{table}: {len(differences)} differences, dbt's value first\n{shown}"


def test_every_table_of_the_oracle_is_published_and_compared(sample_warehouse: Path, pandas_warehouse: Path) -> None:
    assert table_names(pandas_warehouse) == set(GRAINS)
    assert set(GRAINS) <= table_names(sample_warehouse)


@pytest.mark.parametrize(
    ("built", "difference"),
    [
        ({(1,): {"id": 1, "sum": 2.0}}, None),
        ({(1,): {"id": 1, "sum": 2.0 + 1e-12}}, None),
        ({(1,): {"id": 1, "sum": 2.1}}, "(1,).sum: 2.1, not 2.0"),
        ({(1,): {"id": 1, "sum": None}}, "(1,).sum: None, not 2.0"),
        ({}, "(1,): missing"),
        ({(1,): {"id": 1, "sum": 2.0}, (2,): {}}, "(2,): too many"),
        ({(1,): {"id": 1}}, "columns: ['id'], not ['id', 'sum']"),
    ],
)
def test_comparison_finds_differences(built: Rows, difference: str | None) -> None:
    expected: Rows = {(1,): {"id": 1, "sum": 2.0}}
    assert list(compare(built, expected)) == ([difference] if difference else [])


def table_names(database: Path) -> set[str]:
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    return {name for (name,) in rows if name.startswith(("marts.", "quality."))}


def read_rows(database: Path, table: str) -> Rows:
    """Return the rows of a table, column → value, by grain; fail if two rows share one."""
    with duckdb.connect(str(database), read_only=True) as connection:
        cursor = connection.execute(f"select * from {table}")
        columns = [column for column, *_ in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        if "record_json" in row:
            row["record_json"] = json.loads(row["record_json"])
    by_grain = {tuple(row[column] for column in GRAINS[table]): row for row in rows}
    assert len(by_grain) == len(rows), f"{table} in {database.name} has rows that share {GRAINS[table]}"
    return by_grain


def compare(built: Rows, expected: Rows) -> Iterator[str]:
    """Yield every difference as a line. Floats are compared with a relative tolerance of 1e-9, other values exactly."""
    for grain in sorted(built.keys() | expected.keys(), key=str):
        if grain not in built:
            yield f"{grain}: missing"
        elif grain not in expected:
            yield f"{grain}: too many"
        elif built[grain].keys() != expected[grain].keys():
            yield f"columns: {sorted(built[grain])}, not {sorted(expected[grain])}"
            return
        else:
            for column, value in expected[grain].items():
                if not is_same(built[grain][column], value):
                    yield f"{grain}.{column}: {built[grain][column]!r}, not {value!r}"


def is_same(built: Any, expected: Any) -> bool:
    if isinstance(built, float) and isinstance(expected, float):
        return math.isclose(built, expected, rel_tol=1e-9)
    return bool(built == expected)
