"""Raw cells as other tools write them give the same tables as the original ones."""

import ast
import csv
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from tests.dbt_functions import register_functions
from warehouse.losses import find_excessive_losses, read_losses
from warehouse.settings import Settings

Change = Callable[[str], str]
Tables = dict[str, list[tuple[Any, ...]]]

LISTS = [
    *("belongs_to_collection", "genres", "production_companies", "production_countries", "spoken_languages"),
    *("cast", "crew", "keywords"),
]
IDS = ["id", "userId", "movieId", "tmdbId"]
NUMBERS = ["runtime", "budget", "revenue", "popularity", "vote_count", "vote_average"]
TEXTS = ["title", "overview", "tagline", "homepage", "status", "imdb_id", "poster_path", "original_language"]
MOVIE_COLUMNS = [*NUMBERS, *TEXTS, "belongs_to_collection", "release_date", "adult"]
HIDDEN = ["record_json", "record_key", "cell_text", "example_cells"]
"""Columns with the text of raw cells."""
NAME_COLUMNS = ["genres", "production_companies", "keywords"]


def change_lists(write: Callable[[Any], str]) -> Change:
    """Return a change of readable list cells."""

    def change(cell: str) -> str:
        try:
            value = ast.literal_eval(cell)
        except (ValueError, SyntaxError):
            return cell
        return write(value) if isinstance(value, list | dict) else cell

    return change


def names(value: Any) -> list[str]:
    return [entry["name"] for entry in ([value] if isinstance(value, dict) else value)]


def as_numpy(entries: list[Any]) -> np.ndarray[Any, Any]:
    array = np.empty(len(entries), dtype=object)
    array[:] = entries
    return array


def change_dates(pattern: str) -> Change:
    def change(cell: str) -> str:
        try:
            day = date.fromisoformat(cell)
        except ValueError:
            return cell and "unknown"
        return f"{day:{pattern}}"

    return change


def with_typing_error(cell: str) -> str:
    return "10/13/1995" if cell == "10/05/1995" else cell


def fill(word: str) -> Change:
    return lambda cell: cell or word


def write_json(**options: Any) -> Change:
    return change_lists(lambda value: json.dumps(value, **options).replace("/", "\\/"))


def write_numpy(write: Callable[[Any], str]) -> Change:
    return change_lists(lambda value: write(as_numpy(value)) if isinstance(value, list) else repr(value))


def decimal_id(cell: str) -> str:
    return f"{cell}.0" if cell.isdigit() else cell


def decimal_comma(cell: str) -> str:
    return cell.replace(".", ",")


def zero_or_one(cell: str) -> str:
    return {"True": "1", "False": "0"}.get(cell, cell)


FLAGS, DATES = ["adult", "video"], ["release_date"]
CASES: dict[str, list[tuple[list[str], Change]]] = {
    "flag decimal_id json day_month_year": [
        (IDS, decimal_id), (LISTS, write_json()), (FLAGS, str.upper), (DATES, change_dates("%d/%m/%Y"))
    ],
    "decimal_comma flag json month_day_year": [
        (NUMBERS, decimal_comma), (LISTS, write_json(ensure_ascii=False)), (FLAGS, zero_or_one),
        (DATES, change_dates("%-m-%-d-%Y")),
    ],
    "date_with_time json null_word": [
        (LISTS, write_json(separators=(",", ":"))), (DATES, change_dates("%Y-%m-%d 00:00:00")),
        (MOVIE_COLUMNS, fill("nan")),
    ],
    "date_with_time null_word numpy_list": [
        (LISTS, write_numpy(str)), (DATES, change_dates("%Y-%m-%dT00:00:00.000Z")), (MOVIE_COLUMNS, fill("\\N"))
    ],
    "day_month_year null_word numpy_list": [
        (LISTS, write_numpy(repr)), (DATES, change_dates("%d.%m.%Y 0:00")), (MOVIE_COLUMNS, fill("NULL"))
    ],
    "null_word": [(MOVIE_COLUMNS, fill("<NA>"))],
}  # fmt: skip
"""The formats that are reported, and what is changed in which columns of the sample."""
NAME_CASES: dict[str, Callable[[Any], str]] = {
    "list_of_names": lambda value: str(names(value)),
    "numpy_list": lambda value: str(as_numpy(names(value))),
    "comma_separated_names": lambda value: ", ".join(names(value)),
}


@pytest.fixture(scope="module")
def models(sample_warehouse: Path) -> list[dict[str, Any]]:
    """The compiled models and seeds that the public tables need, each after those that it reads."""
    manifest = json.loads((sample_warehouse.parent / ".build" / "target" / "manifest.json").read_text("utf-8"))
    waiting = {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    ordered: list[dict[str, Any]] = []
    while waiting:
        ready = [key for key, node in waiting.items() if not waiting.keys() & set(node["depends_on"]["nodes"])]
        ordered += [waiting.pop(key) for key in ready]
    needed = ("models/staging", "models/intermediate", "models/quality", "models/marts/movies", "models/marts/people",
              "models/marts/catalog", "models/marts/ratings")  # fmt: skip
    return [node for node in ordered if node["original_file_path"].startswith(needed)]


Build = Callable[[list[tuple[list[str], Change]]], duckdb.DuckDBPyConnection]


@pytest.fixture
def build(models: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Build]:
    """Build the tables of the sample with the cells of some columns changed."""
    settings = Settings.from_environment({})
    connections = []

    def run(changes: list[tuple[list[str], Change]]) -> duckdb.DuckDBPyConnection:
        for file in settings.sample_folder.glob("*.csv"):
            copy = tmp_path / file.name
            with (
                file.open(newline="", encoding="utf-8") as source,
                copy.open("w", newline="", encoding="utf-8") as target,
            ):
                rows = csv.DictReader(source)
                writer = csv.DictWriter(target, rows.fieldnames or ())
                writer.writeheader()
                for row in rows:
                    for columns, change in changes:
                        row |= {column: change(row[column]) for column in columns if column in row}
                    writer.writerow(row)
        monkeypatch.setenv("FILMOTECA_RAW_DIR", str(tmp_path))
        connection = duckdb.connect(config={"threads": 1})
        connections.append(connection)
        register_functions(connection)
        connection.execute("attach ':memory:' as movies; attach ':memory:' as scratch")
        for node in models:
            kind = "view" if node["config"]["materialized"] == "view" else "table"
            connection.execute(f"create schema if not exists {node['database']}.{node['schema']}")
            connection.execute(f"create {kind} {node['relation_name']} as {node['compiled_code']}")
        return connection

    yield run
    for connection in connections:
        connection.close()


def read_tables(connection: duckdb.DuckDBPyConnection) -> Tables:
    """Return the rows of the public tables, without the text of raw cells."""
    tables = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'movies' order by all"
    ).fetchall()
    return {
        table: connection.execute(
            f"select columns(c -> not list_contains({HIDDEN}, c)) from movies.{table} order by all"
        ).fetchall()
        for (table,) in tables
        if table != "quality.cell_formats"
    }


@pytest.fixture(scope="module")
def original(sample_warehouse: Path) -> dict[str, Tables]:
    return {}


@pytest.mark.parametrize("case", CASES)
def test_unusual_cells_give_the_same_tables(case: str, build: Build, original: dict[str, Tables]) -> None:
    if not original:
        original["tables"] = read_tables(build([]))
    connection = build(CASES[case])
    built = read_tables(connection)
    assert built.keys() == original["tables"].keys()
    for table, rows in original["tables"].items():
        assert built[table] == rows, table
    found = connection.execute("select distinct cell_format from movies.quality.cell_formats").fetchall()
    assert {cell_format for (cell_format,) in found} == set(case.split())


@pytest.mark.parametrize("cell_format", NAME_CASES)
def test_lists_of_names_give_the_same_names_with_derived_ids(cell_format: str, build: Build) -> None:
    write = change_lists(NAME_CASES[cell_format])
    original, built = build([]), build([(NAME_COLUMNS, write)])
    query = """
        select distinct movie_id, entity_kind, replace(entity_name_key, chr(8203), '')
        from movies.marts.mart_movie_entities join movies.marts.mart_entities using (entity_kind, entity_key)
        where entity_kind in ('genre', 'company', 'keyword')
        order by all
    """
    assert built.execute(query).fetchall() == original.execute(query).fetchall()
    ids = built.execute(
        "select max(entity_id) from movies.marts.mart_entities where entity_kind in ('genre', 'keyword')"
    )
    assert ids.fetchall()[0][0] < 0
    formats = built.execute("select distinct cell_format from movies.quality.cell_formats").fetchall()
    assert (cell_format,) in formats


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([(DATES, change_dates("%m/05/%Y"))], ["10 May or October 5?"]),
        ([(DATES, change_dates("%m/05/%Y")), (DATES, with_typing_error)], ["May or "]),
        ([(["id"], lambda cell: f"-{cell}")], ["invalid_id"]),
        ([(["id"], lambda cell: f"x{cell}")], ["malformed_row", "malformed_row", "malformed_row"]),
        (
            [
                (["runtime"], lambda cell: f"{cell} min"),
                (["budget"], lambda _: "1,081"),
                (["popularity"], lambda cell: f"{cell},5.0"),
                (["genres"], lambda _: "[{'id': 16, 'name'"),
            ],
            ["decimal comma or thousands", "list without an end", "`popularity`", "`runtime`"],
        ),
    ],
)
def test_unreadable_columns_are_refused(changes: Any, expected: list[str], build: Build) -> None:
    connection = build(changes)
    connection.execute("use movies")
    losses = [loss.describe() for loss in find_excessive_losses(read_losses(connection))]
    assert len(losses) == len(expected), losses
    for loss, part in zip(losses, expected, strict=True):
        assert part in loss
