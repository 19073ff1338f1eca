"""docs/tables.md lists the public tables as dbt's manifest has them."""

import json
from pathlib import Path

from tools.table_reference import PAGE, Table, format_page, read_current_tables, read_tables
from warehouse.progress import Progress
from warehouse.settings import Settings


def test_committed_page_is_current() -> None:
    tables = read_current_tables(Settings.from_environment({}), Progress())
    assert format_page(tables) == PAGE.read_text("utf-8"), "run `python -m tools.table_reference`"


def test_tables_are_public_models_and_sources(tmp_path: Path) -> None:
    def node(schema: str, name: str, kind: str = "model") -> dict[str, object]:
        description = "One row per film, with its votes. More."
        return {
            "resource_type": kind,
            "schema": schema,
            "name": name,
            "description": description,
            "config": {"meta": {"questions": "Which?"} if name == "dim_b" else {}},
        }

    nodes = [node("marts", "dim_b"), node("staging", "stg_a"), node("marts", "unique_dim_b", "test")]
    manifest = {
        "nodes": dict(enumerate(nodes)),
        "sources": {"a": node("recommender", "terms", "source"), "b": node("tmdb", "movies", "source")},
    }
    file = tmp_path / "manifest.json"
    file.write_text(json.dumps(manifest), "utf-8")
    assert read_tables(file) == [
        Table("marts", "dim_b", "film, with its votes", "Which?"),
        Table("recommender", "terms", "film, with its votes", ""),
    ]
