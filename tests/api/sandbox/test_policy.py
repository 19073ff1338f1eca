"""Queries that are refused before they run, and functions that are allowed."""

import tomllib
from pathlib import Path

import duckdb
import pytest

from api.sandbox.policy import ALLOWED_FUNCTIONS
from api.sandbox.sandbox import Sandbox
from tests.api.sandbox.conftest import query_error, rows

FORBIDDEN_QUERIES = {
    name: (query, group["reason"])
    for group in tomllib.loads(Path(__file__).with_name("forbidden_queries.toml").read_text("utf-8"))["groups"]
    for name, query in group["queries"].items()
}


@pytest.mark.parametrize("name", FORBIDDEN_QUERIES)
def test_forbidden_query_is_refused_and_the_next_one_runs(sandbox: Sandbox, name: str) -> None:
    query, reason = FORBIDDEN_QUERIES[name]
    assert query_error(sandbox, query).reason == reason
    assert rows(sandbox, "select title from dim_movies where movie_id = 7") == [{"title": "300"}]


def test_every_allowed_function_exists() -> None:
    with duckdb.connect() as connection:
        found = connection.execute("select lower(function_name), function_type from duckdb_functions()").fetchall()
    names = {name for name, kind in found if kind in ("scalar", "aggregate", "macro")}
    assert ALLOWED_FUNCTIONS - names == {"unnest"}
