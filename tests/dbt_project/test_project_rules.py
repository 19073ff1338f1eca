"""The laws of the dbt room, checked on the manifest that dbt itself writes."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from recommender.store import TABLES_FILE
from warehouse.settings import REPOSITORY_ROOT

Node = dict[str, Any]

PROJECT = REPOSITORY_ROOT / "dbt_project"
LAYERS = {"base": 0, "stg": 1, "int": 2, "dim": 3, "fct": 3, "mart": 3, "quality": 3}
UNITS = ("_usd", "_minutes", "_count", "_share", "_ratio", "_rank", "_mean", "_position", "_order", "_rating")
UNITS_ELSEWHERE = ("_value", "_coefficient")
"""A value is in the unit that its row's measure names; a coefficient has none."""
MEASURE_TYPES = {"double", "bigint"}
MOST_LINES = 120


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    target = tmp_path_factory.mktemp("target")
    command = [sys.executable, "-P", "-c", "from dbt.cli.main import cli; cli()", "parse", "--target-path", str(target)]
    done = subprocess.run(
        [*command, "--log-path", str(target), "--warn-error"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    return dict(json.loads((target / "manifest.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def models(manifest: dict[str, Any]) -> dict[str, Node]:
    return {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}


def layer(model: Node) -> str:
    return "quality" if model["schema"] == "quality" else str(model["name"].split("_", 1)[0])


def public(models: dict[str, Node]) -> Iterator[Node]:
    return (model for model in models.values() if model["schema"] in {"marts", "quality"})


def test_every_model_bears_the_prefix_of_its_folder(models: dict[str, Node]) -> None:
    folders = {"base": "staging/base", "stg": "staging", "int": "intermediate", "quality": "quality"}
    for model in models.values():
        folder = str(Path(model["path"]).parent)
        assert folder == folders.get(layer(model)) or re.fullmatch(r"marts/\w+", folder), model["path"]
        assert layer(model) in LAYERS, model["name"]


def test_data_flows_one_way(models: dict[str, Node]) -> None:
    for model in models.values():
        for parent in model["depends_on"]["nodes"]:
            if parent.startswith("source.filmoteca.lookups."):
                continue
            if parent.startswith("source."):
                assert layer(model) == "base", f"{model['name']} reads a raw file"
            elif parent in models:
                assert LAYERS[layer(models[parent])] <= LAYERS[layer(model)], f"{model['name']} reads {parent}"


def test_staging_joins_nothing_and_has_the_same_two_steps(models: dict[str, Node]) -> None:
    for model in models.values():
        if layer(model) == "stg":
            assert len(model["depends_on"]["nodes"]) == 1, model["name"]
            assert re.findall(r"^(\w+) as \($", model["raw_code"], re.M) == ["source", "renamed"], model["name"]


def test_marts_never_read_base_or_staging(models: dict[str, Node]) -> None:
    for model in models.values():
        if model["schema"] == "marts":
            parents = [layer(models[key]) for key in model["depends_on"]["nodes"] if key in models]
            assert not {"base", "stg"} & set(parents), model["name"]


def test_public_models_are_tables_with_a_contract_and_shipped_docs(models: dict[str, Node]) -> None:
    for model in public(models):
        config = model["config"]
        assert config["materialized"] == "table", model["name"]
        assert config["contract"]["enforced"], model["name"]
        assert config["persist_docs"] == {"relation": True, "columns": True}, model["name"]


def test_private_models_are_not_shipped(models: dict[str, Node]) -> None:
    for model in models.values():
        is_shipped = model["database"] != "scratch"
        assert is_shipped == (model["schema"] in {"marts", "quality"}), model["name"]


def test_public_models_say_their_grain_and_test_it(manifest: dict[str, Any], models: dict[str, Node]) -> None:
    tested = {
        node["attached_node"]: node["test_metadata"]["kwargs"]["columns"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test" and node.get("test_metadata", {}).get("name") == "unique_grain"
    }
    for model in public(models):
        grain = model["config"]["meta"]["grain"]
        assert model["description"].startswith("One row per "), model["name"]
        assert tested[model["unique_id"]] == grain, model["name"]
        assert set(grain) <= set(model["columns"]), model["name"]


def test_every_public_column_is_described_and_typed(models: dict[str, Node]) -> None:
    for model in public(models):
        for column in model["columns"].values():
            where = f"{model['name']}.{column['name']}"
            assert column["data_type"], where
            assert len(column["description"]) > 3, where
            assert re.fullmatch(r"[a-z][a-z0-9_]*", column["name"]), where


def test_what_can_be_null_says_what_null_means(manifest: dict[str, Any], models: dict[str, Node]) -> None:
    full = {
        (node["attached_node"], column)
        for node in manifest["nodes"].values()
        if node.get("attached_node") and node["test_metadata"]["name"] in {"never_null", "unique_grain"}
        for column in node["test_metadata"]["kwargs"]["columns"]
    }
    for model in public(models):
        for column in model["columns"].values():
            is_told = re.search(r"\bnull\b", column["description"], re.IGNORECASE)
            assert is_told or (model["unique_id"], column["name"]) in full, f"{model['name']}.{column['name']}"


def test_measures_bear_their_unit(models: dict[str, Node]) -> None:
    for model in public(models):
        for column in model["columns"].values():
            name = column["name"]
            is_key = name.endswith(("_id", "_code", "_key")) or name in {"row_number", "rows_read", "rows_kept"}
            if column["data_type"] in MEASURE_TYPES and not is_key:
                assert name.endswith((*UNITS, *UNITS_ELSEWHERE, "_popularity", "_rejected")), f"{model['name']}.{name}"


def test_foreign_keys_of_marts_are_tested(manifest: dict[str, Any], models: dict[str, Node]) -> None:
    tested = {
        (node["attached_node"], node["column_name"])
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test" and node.get("test_metadata", {}).get("name") == "relationships"
    }
    owners = {"movie_id": "dim_movies", "person_id": "dim_people"}
    for model in public(models):
        for column, owner in owners.items():
            if column in model["columns"] and model["name"] != owner:
                assert (model["unique_id"], column) in tested, f"{model['name']}.{column}"


def test_recommender_sources_are_described_as_in_the_warehouse(manifest: dict[str, Any]) -> None:
    described = {
        (source["name"], column["name"]): (source["description"], column["data_type"], column["description"])
        for source in manifest["sources"].values()
        if source["source_name"] == "recommender"
        for column in source["columns"].values()
    }
    with duckdb.connect() as connection:
        connection.execute(TABLES_FILE.read_text("utf-8"))
        columns = connection.execute(
            """
            select table_name, column_name, tables.comment, lower(columns.data_type), columns.comment
            from duckdb_columns() as columns inner join duckdb_tables() as tables using (schema_name, table_name)
            where schema_name = 'recommender'
            """
        ).fetchall()
    assert described == {(table, column): tuple(description) for table, column, *description in columns}


def test_models_stay_short_and_in_lower_case(models: dict[str, Node]) -> None:
    for model in models.values():
        code = model["raw_code"]
        assert code.count("\n") <= MOST_LINES, model["name"]
        assert not re.search(r"\b(SELECT|FROM|WHERE|JOIN)\b", code), model["name"]


def test_no_package_and_no_statistics() -> None:
    assert not (PROJECT / "packages.yml").exists()
    assert not (PROJECT / "dependencies.yml").exists()
    project = yaml.safe_load((PROJECT / "dbt_project.yml").read_text("utf-8"))
    assert project["flags"]["send_anonymous_usage_stats"] is False


def test_exposures_name_what_the_rooms_read(manifest: dict[str, Any]) -> None:
    exposed = {exposure["name"]: exposure for exposure in manifest["exposures"].values()}
    rooms = {path.parents[1] for path in (REPOSITORY_ROOT / "api").rglob("queries/*.sql")}
    readers = {f"api_{room.name}": room for room in rooms if room.name not in {"system", "tables"}}
    for reader, room in {
        **readers,
        "eda": REPOSITORY_ROOT / "eda",
    }.items():  # those two read what the build says of itself
        text = "".join(path.read_text("utf-8") for path in sorted(room.rglob("*.sql")))
        named = {key.rsplit(".", 1)[1] for key in manifest["nodes"]}
        read = {name for name in re.findall(r"\b(?:marts|quality)\.(\w+)\b", text) if name in named}
        told = {node.rsplit(".", 1)[1] for node in exposed[reader]["depends_on"]["nodes"]}
        assert told == read, reader
    assert all(exposure["owner"] and exposure["url"] and exposure["description"] for exposure in exposed.values())
