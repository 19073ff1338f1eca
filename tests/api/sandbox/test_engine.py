"""Queries that run, their parameters and errors; and queries that DuckDB itself refuses."""

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from api.sandbox.engine import QueryEngine
from api.sandbox.protocol import FailureReason
from api.sandbox.sandbox import Sandbox
from tests.api.sandbox.queries import BUILD, query_error, rows

RESULTS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "join": (
        "select p.person_name, m.title from fct_movie_directors d join dim_people p using (person_id) "
        "join dim_movies m using (movie_id) where d.movie_id = 4 order by all limit 1",
        [{"person_name": "Orson Solo", "title": "Face/Off"}],
    ),
    "window": (
        "select title, rank() over (order by tmdb_vote_count desc nulls last) as rank from dim_movies limit 2",
        [{"title": "Titanic", "rank": 1}, {"title": "300", "rank": 2}],
    ),
    "qualify": (
        "select movie_id from dim_movies qualify count(*) over (partition by title) = 2 order by movie_id",
        [{"movie_id": number} for number in (2, 3, 15, 16)],
    ),
    "cte": ("with a as (select 1 as x), b as (from a) select x + 1 as x from b", [{"x": 2}]),
    "nested cte": ("select (with a as (select 3 as x) from a) as x", [{"x": 3}]),
    "recursion": (
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3) select sum(i)::int as i from n",
        [{"i": 6}],
    ),
    "from first": ("from marts.dim_movies select title where movie_id = 8", [{"title": "#Horror"}]),
    "table": ("select build_id from quality.build_info", [{"build_id": BUILD}]),
    "lists": (
        "select list_transform([1, 2], lambda x: x * 2) as doubled, [x for x in [1, 2, 3] if x > 1] as some",
        [{"doubled": [2, 4], "some": [2, 3]}],
    ),
    "pivot": (
        "pivot (select 'a' as k, 1 as v union all select 'b', 2) on k in ('a', 'b') using sum(v)::int",
        [{"a": 1, "b": 2}],
    ),
    "unpivot": ("unpivot (select 1 as a, 2 as b) on a, b", [{"name": "a", "value": 1}, {"name": "b", "value": 2}]),
    "text key": (
        "select text_key('Ámélie  X') as bare, marts.text_key('É') as named",
        [{"bare": "amelie x", "named": "e"}],
    ),
    "union": (
        "select 1 as x union all select 2 union by name (select 3 as x) order by x",
        [{"x": 1}, {"x": 2}, {"x": 3}],
    ),
    "lateral": (
        "select i, j from range(2) a(i), lateral (select i * 10 as j) order by i",
        [{"i": 0, "j": 0}, {"i": 1, "j": 10}],
    ),
    "exclude": ("select * exclude (b) replace (a + 1 as a) from (select 1 as a, 2 as b)", [{"a": 2}]),
    "columns": ("select columns('^a') from (select 1 as a1, 2 as a2, 3 as b)", [{"a1": 1, "a2": 2}]),
    "unnest": ("select unnest([1, 2]) as x", [{"x": 1}, {"x": 2}]),
    "table functions": ("select key, value from json_each('{\"a\": 1}')", [{"key": "a", "value": "1"}]),
    "dotted function": ("select title.upper() as t from dim_movies where movie_id = 12", [{"t": "V/H/S"}]),
    "grouping sets": (
        "select g, count(*) as n from (values (1), (1)) v(g) group by cube (g) order by all",
        [{"g": 1, "n": 2}, {"g": None, "n": 2}],
    ),
    "filter": ("select count(*) filter (where title = 'Titanic') as n from dim_movies", [{"n": 2}]),
    "quantiles": ("select median(x) as m, quantile_cont(x, 0.5) as q from (values (1), (3)) v(x)", [{"m": 2, "q": 2}]),
    "case, between, in, like": (
        "select case when 2 between 1 and 3 and 'a' in ('a') and 'ab' like 'a%' then coalesce(null, 1) end as x",
        [{"x": 1}],
    ),
    "asof join": (
        "select a.x, b.y from (values (5)) a(x) asof join (values (3), (4)) b(y) on a.x >= b.y",
        [{"x": 5, "y": 4}],
    ),
    "describe": ("select column_name from (describe dim_movies) limit 1", [{"column_name": "movie_id"}]),
    "summarize": ("select count::int as n from (summarize dim_movies) limit 1", [{"n": 16}]),
    "comments": ("/* one */ select 1 as x -- two;", [{"x": 1}]),
    "no rows": ("from dim_movies where false", []),
    "two columns of a name": ("select 1 as a, 2 as a, 3 as a_1", [{"a": 1, "a_2": 2, "a_1": 3}]),
}


@pytest.mark.parametrize("name", RESULTS)
def test_allowed_query_returns_its_rows(sandbox: Sandbox, name: str) -> None:
    query, expected = RESULTS[name]
    assert rows(sandbox, query) == expected


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
        ("from nothing_like_it", FailureReason.UNKNOWN_NAME, "use one of build_info, dim_collections"),
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
