"""Every table that dbt builds from the sample holds what a second implementation, in pandas, makes of it."""

import json
import math
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping, Set
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from warehouse.settings import REPOSITORY_ROOT, Settings

MODELS = REPOSITORY_ROOT / "dbt_project" / "models"
SHOWN = 10

Rows = dict[tuple[Any, ...], dict[str, Any]]


def is_in_oracle(node: Mapping[str, Any]) -> bool:
    """Return whether the YAML of a model or column does not say `config: {meta: {is_in_oracle: false}}`."""
    return bool(node.get("config", {}).get("meta", {}).get("is_in_oracle", True))


def published_models() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (schema.name, YAML) of every public model that the oracle makes."""
    for schema in ("marts", "quality"):
        for file in sorted((MODELS / schema).rglob("*.yml")):
            for model in yaml.safe_load(file.read_text("utf-8")).get("models", []):
                if is_in_oracle(model):
                    yield f"{schema}.{model['name']}", model


PUBLISHED = dict(published_models())
GRAINS = {table: tuple(model["config"]["meta"]["grain"]) for table, model in PUBLISHED.items()}


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
    excluded = {column["name"] for column in PUBLISHED[table]["columns"] if not is_in_oracle(column)}
    built = read_rows(sample_warehouse, table, excluded)
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
        ({}, "(1,): missing"),
        (
            {(1,): {"id": 1}},
            "columns ['sum'] are in the oracle's table only: remove them from this table in tests/oracle/",
        ),
    ],
)
def test_comparison_finds_differences(built: Rows, difference: str | None) -> None:
    expected: Rows = {(1,): {"id": 1, "sum": 2.0}}
    assert list(compare(built, expected)) == ([difference] if difference else [])


def table_names(database: Path) -> set[str]:
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    return {name for (name,) in rows if name.startswith(("marts.", "quality."))}


def read_rows(database: Path, table: str, excluded: Collection[str] = ()) -> Rows:
    """Return the rows of a table by grain, without the excluded columns; fail if two rows share a grain."""
    with duckdb.connect(str(database), read_only=True) as connection:
        cursor = connection.execute(f"select * from {table}")
        columns = [column for column, *_ in cursor.description]
        rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    rows = [{name: value for name, value in row.items() if name not in excluded} for row in rows]
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
            yield from compare_columns(built[grain].keys(), expected[grain].keys())
            return
        else:
            for column, value in expected[grain].items():
                if not is_same(built[grain][column], value):
                    yield f"{grain}.{column}: {built[grain][column]!r}, not {value!r}"


def compare_columns(built: Set[str], expected: Set[str]) -> Iterator[str]:
    """Yield what to do about the columns that only one of the implementations has."""
    if only_built := sorted(built - expected):
        yield (
            f"columns {only_built} are in dbt's table only: compute them for this table in tests/oracle/, or add "
            "`config: {meta: {is_in_oracle: false}}` to the column in the YAML of the model"
        )
    if only_expected := sorted(expected - built):
        yield f"columns {only_expected} are in the oracle's table only: remove them from this table in tests/oracle/"


def is_same(built: Any, expected: Any) -> bool:
    if isinstance(built, float) and isinstance(expected, float):
        return math.isclose(built, expected, rel_tol=1e-9)
    return bool(built == expected)
