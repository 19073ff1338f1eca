"""Rules of the dbt project, checked on its manifest. Many are those of dbt-project-evaluator."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from recommender.store import TABLES_FILE
from warehouse.settings import REPOSITORY_ROOT

Node = dict[str, Any]

PROJECT = REPOSITORY_ROOT / "dbt_project"
LAYERS = {"stg": 0, "int": 1, "dim": 2, "fct": 2, "mart": 2, "quality": 2}
PUBLIC_SCHEMAS = {"marts", "quality"}
UNITS = ("_usd", "_minutes", "_count", "_share", "_ratio", "_rank", "_mean", "_position", "_order", "_rating")
UNITS_ELSEWHERE = ("_value", "_coefficient")
"""A value is in the unit of the measure that its row names; a coefficient has no unit."""
MEASURE_TYPES = {"double", "bigint"}
MAX_LINES = 120
KEY_TESTS = ("unique", "unique_combination_of_columns")


@pytest.fixture(scope="module")
def manifest(sample_warehouse: Path) -> dict[str, Any]:
    return dict(json.loads((sample_warehouse.parent / ".build" / "target" / "manifest.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def models(manifest: dict[str, Any]) -> dict[str, Node]:
    return {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}


def layer(model: Node) -> str:
    return "quality" if model["schema"] == "quality" else str(model["name"].split("_", 1)[0])


def public(models: dict[str, Node]) -> Iterator[Node]:
    return (model for model in models.values() if model["schema"] in PUBLIC_SCHEMAS)


def generic_tests(manifest: dict[str, Any], *names: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield (model, test, columns) for each generic test with one of the names."""
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and (test := node.get("test_metadata")) and test["name"] in names:
            columns = test["kwargs"].get("combination_of_columns") or [node["column_name"]]
            yield node["attached_node"], test["name"], tuple(columns)


def has_not_null(column: Node) -> bool:
    return any(constraint["type"] == "not_null" for constraint in column["constraints"])


def test_models_are_in_the_folder_of_their_layer_with_one_yaml_file(models: dict[str, Node]) -> None:
    folders = {"stg": r"staging/\w+", "int": r"intermediate/\w+", "quality": "quality"}
    for model in models.values():
        folder = Path(model["path"]).parent
        assert layer(model) in LAYERS, model["name"]
        assert re.fullmatch(folders.get(layer(model), r"marts/\w+"), str(folder)), model["path"]
        subject = f"int_{folder.name}" if layer(model) == "int" else folder.name
        assert model["patch_path"] == f"filmoteca://models/{folder}/_{subject}__models.yml", model["name"]


def test_staging_models_are_named_after_the_one_source_that_they_read_and_rename_it(models: dict[str, Node]) -> None:
    for model in models.values():
        if layer(model) == "stg":
            source = Path(model["path"]).parent.name
            assert re.fullmatch(rf"stg_{source}__\w+s", model["name"]), model["path"]
            parents = [key for key in model["depends_on"]["nodes"] if not key.endswith("_formats")]
            assert len(parents) == 1, model["name"]
            steps = re.findall(r"^(\w+) as \($", model["raw_code"], re.M)
            assert steps[0] == "source", model["name"]
            assert steps[-1] == "renamed" or model["name"].endswith("_formats"), model["name"]


def test_data_flows_one_way_and_marts_do_not_read_staging(models: dict[str, Node]) -> None:
    for model in models.values():
        for parent in model["depends_on"]["nodes"]:
            if parent.startswith("source."):
                assert layer(model) == "stg", f"{model['name']} reads a raw file"
            elif parent in models:
                read = layer(models[parent])
                assert LAYERS[read] <= LAYERS[layer(model)], f"{model['name']} reads {parent}"
                assert (read, model["schema"]) != ("stg", "marts"), f"{model['name']} reads {parent}"


def test_every_source_is_staged_once(manifest: dict[str, Any], models: dict[str, Node]) -> None:
    staged = [model for model in models.values() if not model["name"].endswith("_formats")]
    read = [key for model in staged for key in model["depends_on"]["nodes"] if key.startswith("source.")]
    raw = [key for key, source in manifest["sources"].items() if source["source_name"] in {"tmdb", "movielens"}]
    assert sorted(read) == sorted(raw)


def test_public_models_are_tables_with_contract_and_comments(models: dict[str, Node]) -> None:
    for model in public(models):
        config = model["config"]
        assert config["materialized"] == "table", model["name"]
        assert config["contract"]["enforced"], model["name"]
        assert config["persist_docs"] == {"relation": True, "columns": True}, model["name"]


def test_private_models_and_seeds_go_to_the_scratch_database_in_a_build(manifest: dict[str, Any]) -> None:
    for node in manifest["nodes"].values():
        if node["resource_type"] in {"model", "seed"}:
            assert (node["database"] == "scratch") == (node["schema"] not in PUBLIC_SCHEMAS), node["name"]


def test_models_are_short_in_lower_case_and_described_with_their_grain(models: dict[str, Node]) -> None:
    for model in models.values():
        assert model["description"].startswith("One row per "), model["name"]
        assert model["raw_code"].count("\n") <= MAX_LINES, model["name"]
        assert not re.search(r"\b(SELECT|FROM|WHERE|JOIN)\b", model["raw_code"]), model["name"]


def test_every_model_has_a_key_test(manifest: dict[str, Any], models: dict[str, Node]) -> None:
    keys: dict[str, set[tuple[str, ...]]] = {}
    for key, _, columns in generic_tests(manifest, *KEY_TESTS):
        keys.setdefault(key, set()).add(columns)
    not_null = {(key, columns[0]) for key, _, columns in generic_tests(manifest, "not_null")}
    for key, model in models.items():
        if model["schema"] in PUBLIC_SCHEMAS:
            grain = tuple(model["config"]["meta"]["grain"])
            assert grain in keys[key], model["name"]
            assert all(has_not_null(model["columns"][column]) for column in grain), model["name"]
        else:
            assert any(all((key, column) in not_null for column in columns) for columns in keys[key]), model["name"]


def test_every_public_column_is_typed_and_described_with_the_meaning_of_null(models: dict[str, Node]) -> None:
    for model in public(models):
        for column in model["columns"].values():
            where = f"{model['name']}.{column['name']}"
            assert column["data_type"], where
            assert len(column["description"]) > 3, where
            assert re.fullmatch(r"[a-z][a-z0-9_]*", column["name"]), where
            assert has_not_null(column) or re.search(r"\bnull\b", column["description"], re.IGNORECASE), where


def test_measures_end_in_their_unit(models: dict[str, Node]) -> None:
    for model in public(models):
        for column in model["columns"].values():
            name = column["name"]
            is_key = name.endswith(("_id", "_code", "_key")) or name in {"row_number", "rows_read", "rows_kept"}
            if column["data_type"] in MEASURE_TYPES and not is_key:
                assert name.endswith((*UNITS, *UNITS_ELSEWHERE, "_popularity", "_rejected")), f"{model['name']}.{name}"


def test_foreign_keys_of_marts_are_tested(manifest: dict[str, Any], models: dict[str, Node]) -> None:
    tested = {(model, columns[0]) for model, _, columns in generic_tests(manifest, "relationships")}
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


def test_project_has_no_packages_and_sends_no_statistics() -> None:
    assert "send_anonymous_usage_stats: false" in (PROJECT / "dbt_project.yml").read_text("utf-8")
    assert not [name for name in ("packages.yml", "dependencies.yml") if (PROJECT / name).exists()]


def test_exposures_depend_on_the_tables_that_the_queries_read(manifest: dict[str, Any]) -> None:
    exposures = {exposure["name"]: exposure for exposure in manifest["exposures"].values()}
    names = {key.rsplit(".", 1)[1] for key in manifest["nodes"]}
    folders = {
        f"api_{path.parent.name}": path.parent for path in (REPOSITORY_ROOT / "api").rglob("queries") if path.is_dir()
    }
    for exposure, folder in {**folders, "eda": REPOSITORY_ROOT / "eda"}.items():
        text = "".join(path.read_text("utf-8") for path in sorted(folder.rglob("*.sql")))
        read = {name for name in re.findall(r"\b(?:marts|quality)\.(\w+)\b", text) if name in names}
        if not read:
            continue
        assert exposure in exposures, f"add {exposure} to models/_exposures.yml"
        declared = {node.rsplit(".", 1)[1] for node in exposures[exposure]["depends_on"]["nodes"]}
        assert declared == read, f"change depends_on of {exposure} in models/_exposures.yml"
    for exposure in exposures.values():
        assert exposure["owner"] and exposure["url"] and exposure["description"], exposure["name"]
