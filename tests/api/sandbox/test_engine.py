"""Queries that run, their parameters and errors; and queries that DuckDB itself refuses."""

import json
import shutil
import tomllib
from pathlib import Path

import duckdb
import pytest

from api.sandbox.engine import QueryEngine
from api.sandbox.protocol import FailureReason
from api.sandbox.sandbox import Sandbox
from tests.api.sandbox.conftest import query_error, rows

ALLOWED_QUERIES = tomllib.loads(Path(__file__).with_name("allowed_queries.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", ALLOWED_QUERIES)
def test_allowed_query_returns_its_rows(sandbox: Sandbox, name: str) -> None:
    assert rows(sandbox, ALLOWED_QUERIES[name]["query"]) == json.loads(ALLOWED_QUERIES[name]["rows"])


def test_parameters_are_passed_by_name(sandbox: Sandbox) -> None:
    given = {"n": 7, "s": "x'; drop", "l": [1, 2], "o": {"a": None}, "f": 1.5, "b": True, "z": None, "h": 2**80}
    query = f"select {', '.join(f'${name} as {name}' for name in given)}"
    assert rows(sandbox, query, **given) == [given]
    assert rows(sandbox, "from range($n) select count(*) as n limit $n", n=3) == [{"n": 3}]


def test_missing_unused_or_positional_parameter_is_named(sandbox: Sandbox) -> None:
    for query, parameters, text in (
        ("select $a", {}, "$a"),
        ("select 1", {"b": 1}, "'b'"),
        ("select ?", {"1": 1}, "no name"),
        ("select $1", {"1": 1}, "no name"),
        ("select ?, $a", {"a": 1}, "no name"),
    ):
        error = query_error(sandbox, query, **parameters)
        assert (error.reason, text in error.detail) == (FailureReason.PARAMETERS, True), error.detail
    assert query_error(sandbox, "select $a", a="\ud800").reason is FailureReason.SYNTAX


@pytest.mark.parametrize(
    ("query", "reason", "text"),
    [
        ("select 1,\n  selec from from", FailureReason.SYNTAX, 'at or near "from", line 2, character 14'),
        ("select titel from dim_movies", FailureReason.UNKNOWN_NAME, '"title"'),
        ("from dim_movie", FailureReason.UNKNOWN_NAME, "dim_movies"),
        ("from marts.dim_peple", FailureReason.UNKNOWN_NAME, "dim_people"),
        ("from nothing_like_it", FailureReason.UNKNOWN_NAME, "use one of build_info, cell_accounting"),
        ("select uper('a')", FailureReason.UNKNOWN_NAME, "upper"),
        ("select 'a'::int", FailureReason.FAILED, "Could not convert string 'a' to INT32 (line 1)"),
    ],
)
def test_error_names_the_mistake_and_similar_names(
    sandbox: Sandbox, query: str, reason: FailureReason, text: str
) -> None:
    error = query_error(sandbox, query)
    assert error.reason is reason
    assert text in error.detail


def test_engine_without_the_policy_reads_and_writes_no_file(small_warehouse: Path, tmp_path: Path) -> None:
    copy = tmp_path / "movies.duckdb"
    shutil.copy(small_warehouse, copy)
    connection = QueryEngine(str(copy), 64)._connection
    for query in (
        "from read_text('/etc/hostname')",
        f"copy (select 1) to '{tmp_path}/stolen.csv'",
        f"copy (select 1) to '{copy}.wal'",
        "attach ':memory:' as mine; create table mine.t as from read_csv('/etc/passwd')",
        "set threads = 8",
        "set enable_external_access = true",
        "load httpfs",
        "delete from marts.dim_movies",
        "from copy",
    ):
        with pytest.raises(duckdb.Error):
            connection.execute(query)
    connection.close()
    assert list(tmp_path.iterdir()) == [copy]
