"""What the guide shows of the models: how tables relate, as dbt checks it, and what their columns are made of."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from warehouse.column_lineage import PAGE, origins, page_of, read_steps, written
from warehouse.erd import DIAGRAM, drawn, in_d2, read_manifest, read_tables
from warehouse.errors import FilmotecaError
from warehouse.screen import Screen
from warehouse.settings import Settings


def model(name: str, grain: list[str], columns: list[str]) -> dict[str, Any]:
    return {
        "resource_type": "model",
        "unique_id": f"model.filmoteca.{name}",
        "name": name,
        "config": {"meta": {"grain": grain}},
        "columns": {column: {"data_type": "integer"} for column in columns},
    }


def check(owner: str, kind: str, column: str | None = None, **arguments: Any) -> dict[str, Any]:
    return {
        "resource_type": "test",
        "attached_node": f"model.filmoteca.{owner}",
        "column_name": column,
        "test_metadata": {"name": kind, "kwargs": arguments},
    }


@pytest.fixture
def manifest() -> Mapping[str, Any]:
    nodes = [
        model("fct_casts", ["movie_id", "place"], ["movie_id", "place", "actor_id", "guest_id", "role"]),
        model("dim_movies", ["movie_id"], ["movie_id", "title"]),
        model("dim_actors", ["actor_id"], ["actor_id"]),
        model("fct_sums", ["movie_id"], ["movie_id"]),
        model("mart_other", ["movie_id"], ["movie_id"]),
        check("fct_casts", "relationships", "movie_id", to="ref('dim_movies')", field="movie_id"),
        check("fct_casts", "relationships", "actor_id", to="ref('dim_actors')", field="actor_id"),
        check("fct_casts", "relationships", "guest_id", to="ref('dim_actors')", field="actor_id"),
        check("fct_casts", "never_null", columns=["actor_id"]),
        check("fct_sums", "relationships", "movie_id", to="ref('dim_movies')", field="movie_id"),
        check("mart_other", "relationships", "movie_id", to="ref('dim_movies')", field="movie_id"),
        {"resource_type": "test"},
    ]
    return {"nodes": dict(enumerate(nodes))}


def test_tables_have_their_keys_and_the_number_of_their_other_columns(manifest: Mapping[str, Any]) -> None:
    d2 = in_d2(read_tables(manifest))
    assert re.findall(r"^(\w+): \{$", d2, re.M)[-4:] == ["dim_actors", "dim_movies", "fct_casts", "fct_sums"]
    assert "mart_other" not in d2
    (casts,) = re.findall(r"^fct_casts: \{\n(.*?)^\}", d2, re.M | re.S)
    assert [line.strip() for line in casts.splitlines()][1:] == [
        "movie_id: integer {constraint: [primary_key; foreign_key]}",
        "place: integer {constraint: [primary_key]}",
        "actor_id: integer {constraint: [foreign_key]}",
        "guest_id: integer {constraint: [foreign_key]}",
        '"and 1 more": ""',
    ]


def test_lines_say_how_many_rows_there_can_be_at_each_end(manifest: Mapping[str, Any]) -> None:
    lines = re.findall(
        r"^(\S+) <-> (\S+): \{source-arrowhead.shape: (\S+); target-arrowhead.shape: (\S+)\}",
        in_d2(read_tables(manifest)),
        re.M,
    )
    assert lines == [
        ("dim_movies.movie_id", "fct_casts.movie_id", "cf-one-required", "cf-many"),
        ("fct_casts.actor_id", "dim_actors.actor_id", "cf-many", "cf-one-required"),
        ("fct_casts.guest_id", "dim_actors.actor_id", "cf-many", "cf-one"),
        ("dim_movies.movie_id", "fct_sums.movie_id", "cf-one-required", "cf-one"),
    ]


def test_what_cannot_be_drawn_is_said_in_words() -> None:
    with pytest.raises(FilmotecaError, match="D2 could not draw the tables"):
        drawn("a -> {")


@pytest.fixture(scope="module")
def compiled() -> Mapping[str, Any]:
    return read_manifest(Settings.from_environment({}), Screen(), "compile")


def test_the_diagram_is_that_of_the_project(compiled: Mapping[str, Any]) -> None:
    """`python -m warehouse.erd` draws it anew."""
    assert drawn(in_d2(read_tables(compiled))) == DIAGRAM.read_bytes()


def test_the_lineage_is_that_of_the_project(compiled: Mapping[str, Any]) -> None:
    """`python -m warehouse.column_lineage` writes it anew."""
    page = page_of(compiled, Settings.from_environment({}).sample_folder)
    assert page == PAGE.read_text("utf-8")
    assert page.count("not followed") < 5
    (film,) = re.findall(r"^## dim_movies\n.*?(?=^## )", page, re.M | re.S)
    assert "| `return_ratio` | `movies.budget`, `movies.revenue` |" in film


def stored(name: str, sql: str, *parents: str) -> dict[str, Any]:
    return {
        "unique_id": f"model.filmoteca.{name}",
        "name": name,
        "schema": "marts",
        "relation_name": f'"c"."marts"."{name}"',
        "config": {"materialized": "table"},
        "compiled_code": sql,
        "depends_on": {"nodes": [*parents]},
        "columns": {"film": {}, "ratio": {}, "films": {}},
    }


def test_columns_are_followed_through_stars_joins_and_unions() -> None:
    models = [
        stored(
            "dim_films",
            "with both_kinds as (select * from c.marts.stg_films union all select * from c.marts.stg_films) "
            "select s.film, b.revenue / b.budget as ratio, count(*) as films "
            "from both_kinds as b join c.marts.stg_films as s on b.id = s.id group by all",
            "model.filmoteca.stg_films",
        ),
        stored(
            "stg_films",
            "select id, trim(title) as film, budget, revenue from c.marts.base_films",
            "model.filmoteca.base_films",
        ),
        stored("base_films", "", "source.filmoteca.raw.films"),
    ]
    steps = read_steps(models, {"base_films": ["id", "title", "budget", "revenue"]})
    made_of = {column: origins(("c.marts.dim_films", column), steps) for column in ("film", "ratio", "films")}
    assert made_of == {
        "film": {("films", "title")},
        "ratio": {("films", "budget"), ("films", "revenue")},
        "films": frozenset(),
    }
    text = written(models[:1], steps)
    assert "Of 3 columns 2 are followed to the files, 1 are counts or constants, and 0 cannot be followed." in text
    assert "| `ratio` | `films.budget`, `films.revenue` |\n| `films` | – |" in text


def test_a_column_that_cannot_be_followed_is_said_to_be_so() -> None:
    steps = {("c.marts.sums", "total"): frozenset([("c.marts.parts", "part")]), ("c.marts.parts", "part"): None}
    assert origins(("c.marts.sums", "total"), steps) is None
