"""The entity-relationship diagram generated from dbt's manifest."""

from collections.abc import Mapping
from typing import Any

import pytest

from tools.table_diagram import PAGE, format_page, read_manifest, read_tables
from warehouse.progress import Progress
from warehouse.settings import Settings


def model(name: str, grain: list[str], columns: list[str], nullable: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "resource_type": "model",
        "unique_id": f"model.filmoteca.{name}",
        "name": name,
        "config": {"meta": {"grain": grain}},
        "columns": {
            column: {
                "name": column,
                "data_type": "integer",
                "constraints": [] if column in nullable else [{"type": "not_null"}],
            }
            for column in columns
        },
    }


def column_test(model: str, kind: str, column: str, **arguments: Any) -> dict[str, Any]:
    return {
        "resource_type": "test",
        "attached_node": f"model.filmoteca.{model}",
        "column_name": column,
        "test_metadata": {"name": kind, "kwargs": arguments},
    }


@pytest.fixture
def manifest() -> Mapping[str, Any]:
    nodes = [
        model("fct_casts", ["movie_id", "place"], ["movie_id", "place", "actor_id", "guest_id", "role"], ("guest_id",)),
        model("dim_movies", ["movie_id"], ["movie_id", "title"]),
        model("dim_actors", ["actor_id"], ["actor_id"]),
        model("fct_sums", ["movie_id"], ["movie_id"]),
        model("mart_other", ["movie_id"], ["movie_id"]),
        column_test("fct_casts", "relationships", "movie_id", to="ref('dim_movies')", field="movie_id"),
        column_test("fct_casts", "relationships", "actor_id", to="ref('dim_actors')", field="actor_id"),
        column_test("fct_casts", "relationships", "guest_id", to="ref('dim_actors')", field="actor_id"),
        column_test("fct_sums", "relationships", "movie_id", to="ref('dim_movies')", field="movie_id"),
        column_test("mart_other", "relationships", "movie_id", to="ref('dim_movies')", field="movie_id"),
        {"resource_type": "test"},
    ]
    return {"nodes": dict(enumerate(nodes))}


def test_diagram_shows_keys_and_cardinalities(manifest: Mapping[str, Any]) -> None:
    page = format_page(read_tables(manifest))
    assert "mart_other" not in page
    _, _, diagram = page.partition("erDiagram\n")
    assert [line.strip() for line in diagram.partition("```")[0].splitlines()] == [
        *("dim_actors {", "integer actor_id PK", "}"),
        *("dim_movies {", "integer movie_id PK", "}"),
        *("fct_casts {", "integer movie_id PK, FK", "integer place PK", "integer actor_id FK"),
        *("integer guest_id FK", "}"),
        *("fct_sums {", "integer movie_id PK, FK", "}"),
        "dim_actors ||--o{ fct_casts : actor_id",
        "dim_actors |o--o{ fct_casts : guest_id",
        "dim_movies ||--o{ fct_casts : movie_id",
        "dim_movies ||--o| fct_sums : movie_id",
    ]
    assert "| `dim_movies` | `movie_id` | – |" in page


def test_committed_page_is_current() -> None:
    tables = read_tables(read_manifest(Settings.from_environment({}), Progress()))
    assert format_page(tables) == PAGE.read_text("utf-8"), "run `python -m tools.table_diagram`"
