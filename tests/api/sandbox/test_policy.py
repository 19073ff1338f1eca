"""Queries that are refused before they run, and functions that are allowed."""

import duckdb
import pytest

from api.sandbox.policy import ALLOWED_FUNCTIONS
from api.sandbox.sandbox import Sandbox
from tests.api.sandbox.attempts import FORBIDDEN_ATTEMPTS, LIMIT_ATTEMPTS, Attempt
from tests.api.sandbox.queries import query_error, rows


@pytest.mark.parametrize("attempt", FORBIDDEN_ATTEMPTS, ids=lambda attempt: attempt.name)
def test_forbidden_query_is_refused_and_the_next_one_runs(sandbox: Sandbox, attempt: Attempt) -> None:
    assert query_error(sandbox, attempt.query).reason in attempt.reasons
    assert rows(sandbox, "select title from dim_movies where movie_id = 7") == [{"title": "300"}]


def test_attempts_are_many_and_have_unique_names() -> None:
    names = [attempt.name for attempt in (*FORBIDDEN_ATTEMPTS, *LIMIT_ATTEMPTS)]
    assert len(names) == len(set(names)) > 220


def test_every_allowed_function_exists() -> None:
    with duckdb.connect() as connection:
        found = connection.execute("select lower(function_name), function_type from duckdb_functions()").fetchall()
    names = {name for name, kind in found if kind in ("scalar", "aggregate", "macro")}
    assert ALLOWED_FUNCTIONS - names == {"unnest"}
