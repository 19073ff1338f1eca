"""Ad-hoc SQL: what is answered, what is refused, what is ended, and that nobody else notices."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import duckdb
import psutil
import pyarrow.parquet
import pytest

from api.sandbox.engine import Engine
from api.sandbox.functions import ALLOWED, refusal_of
from api.sandbox.protocol import Form, QueryError, Reason
from api.sandbox.sandbox import Sandbox, WarehouseReplacedError
from api.sandbox.settings import SqlSettings
from tests.api.sql_attempts import BOMBS, REFUSALS, Attempt

SETTINGS = SqlSettings(is_on=True, seconds=10, memory_mb=64)
HASTY = replace(SETTINGS, seconds=0.4)
BUILD = "build-1"
FORMS: tuple[Form, ...] = get_args(Form)


@pytest.fixture(scope="module")
def sandbox(small_warehouse: Path) -> Iterator[Sandbox]:
    sandbox = Sandbox(small_warehouse, BUILD, SETTINGS)
    before = small_warehouse.read_bytes()
    yield sandbox
    sandbox.close()
    assert small_warehouse.read_bytes() == before
    assert [path.name for path in small_warehouse.parent.iterdir()] == [small_warehouse.name]


def rows(sandbox: Sandbox, query: str, **parameters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(sandbox.run(query, parameters).rows)
    return found


def why_not(sandbox: Sandbox, query: str, **parameters: Any) -> QueryError:
    with pytest.raises(QueryError) as told:
        sandbox.run(query, parameters)
    assert told.value.detail.endswith(".")
    assert "\n" not in told.value.detail
    return told.value


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


@pytest.mark.parametrize("attempt", REFUSALS, ids=lambda attempt: attempt.name)
def test_it_is_refused(sandbox: Sandbox, attempt: Attempt) -> None:
    assert why_not(sandbox, attempt.query).reason in attempt.reasons
    assert rows(sandbox, "select title from dim_movies where movie_id = 7") == [{"title": "300"}]


def test_there_are_many_attempts_with_names_of_their_own() -> None:
    names = [attempt.name for attempt in (*REFUSALS, *BOMBS)]
    assert len(names) == len(set(names)) >= 200


def test_bombs_end_and_nobody_else_notices(small_warehouse: Path) -> None:
    sandbox = Sandbox(small_warehouse, BUILD, HASTY)
    is_over = threading.Event()
    before = children()

    def throw_all() -> dict[str, Reason]:
        try:
            return {bomb.name: why_not(sandbox, bomb.query).reason for bomb in BOMBS}
        finally:
            is_over.set()

    slowest = 0.0
    with ThreadPoolExecutor(1) as thrower:
        thrown = thrower.submit(throw_all)
        while not is_over.is_set():
            begun = time.monotonic()
            assert rows(sandbox, "select count(*) as films from dim_movies") == [{"films": 16}]
            slowest = max(slowest, time.monotonic() - begun)
            is_over.wait(0.02)
    assert {bomb.name for bomb in BOMBS if thrown.result()[bomb.name] not in bomb.reasons} == set()
    assert slowest < 5  # as much as the tests beside this one may hold it up
    assert len(children() - before) <= HASTY.concurrency
    sandbox.close()


ANSWERS: dict[str, tuple[str, list[dict[str, Any]]]] = {
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


@pytest.mark.parametrize("name", ANSWERS)
def test_it_is_answered(sandbox: Sandbox, name: str) -> None:
    query, expected = ANSWERS[name]
    assert rows(sandbox, query) == expected


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        ("170141183460469231731687303715884105727", "HUGEINT", "170141183460469231731687303715884105727"),
        ("1.10::decimal(4, 2)", "DECIMAL(4,2)", "1.10"),
        ("'nan'::double", "DOUBLE", "null"),
        ("'-inf'::float", "FLOAT", "null"),
        ("true", "BOOLEAN", "true"),
        ("null::int", "INTEGER", "null"),
        ("date '2001-04-25'", "DATE", '"2001-04-25"'),
        ("timestamp '2001-04-25 10:00:00.5'", "TIMESTAMP", '"2001-04-25T10:00:00.500000"'),
        ("timestamptz '2001-04-25 10:00:00+02'", "TIMESTAMP WITH TIME ZONE", '"2001-04-25T08:00:00Z"'),
        ("'infinity'::date", "DATE", '"9999-12-31"'),
        ("'infinity'::date::varchar", "VARCHAR", '"infinity"'),
        ("date '9999-12-31'", "DATE", '"9999-12-31"'),
        ("'-infinity'::timestamp", "TIMESTAMP", '"0001-01-01T00:00:00"'),
        ("time '10:00:00'", "TIME", '"10:00:00"'),
        ("interval '1 day 2 hours'", "INTERVAL", '"P1DT7200S"'),
        (r"'\xAA\x01'::blob", "BLOB", '"qgE="'),
        ("'é\"'", "VARCHAR", '"é\\""'),
        ("[1, null]", "INTEGER[]", "[1,null]"),
        ("{'a': {'b': [1]}}", "STRUCT(a STRUCT(b INTEGER[]))", '{"a":{"b":[1]}}'),
        ("map {1.5: 'x'}", "MAP(DECIMAL(2,1), VARCHAR)", '{"1.5":"x"}'),
        ("[map {date '2001-01-01': 1}]", "MAP(DATE, INTEGER)[]", '[{"2001-01-01":1}]'),
        ("'a'::enum ('a')", "ENUM('a')", '"a"'),
        ("'00000000-0000-0000-0000-000000000001'::uuid", "UUID", '"00000000-0000-0000-0000-000000000001"'),
    ],
)
def test_values_keep_their_type_and_their_digits(sandbox: Sandbox, value: str, kind: str, expected: str) -> None:
    result = sandbox.run(f"select {value} as x")
    assert [(column.name, column.type) for column in result.columns] == [("x", kind)]
    assert result.rows.decode() == f'[{{"x":{expected}}}]'


def test_parameters_are_values_by_name(sandbox: Sandbox) -> None:
    given = {"n": 7, "s": "x'; drop", "l": [1, 2], "o": {"a": None}, "f": 1.5, "b": True, "z": None, "h": 2**80}
    query = f"select {', '.join(f'${name} as {name}' for name in given)}"
    assert rows(sandbox, query, **given) == [given]
    assert rows(sandbox, "from range($n) select count(*) as n limit $n", n=3) == [{"n": 3}]


def test_parameters_that_do_not_fit_are_named(sandbox: Sandbox) -> None:
    for query, parameters, said in (
        ("select $a", {}, "$a"),
        ("select 1", {"b": 1}, "'b'"),
        ("select ?", {"1": 1}, "no name"),
        ("select $1", {"1": 1}, "no name"),
        ("select ?, $a", {"a": 1}, "no name"),
    ):
        error = why_not(sandbox, query, **parameters)
        assert (error.reason, said in error.detail) == (Reason.PARAMETERS, True), error.detail
    assert why_not(sandbox, "select $a", a="\ud800").reason is Reason.SYNTAX


@pytest.mark.parametrize(
    ("query", "reason", "said"),
    [
        ("select 1,\n  selec from from", Reason.SYNTAX, 'at or near "from", line 2, character 14'),
        ("select titel from dim_movies", Reason.UNKNOWN_NAME, '"title"'),
        ("from dim_movie", Reason.UNKNOWN_NAME, "dim_movies"),
        ("from marts.dim_peple", Reason.UNKNOWN_NAME, "dim_people"),
        ("from nothing_like_it", Reason.UNKNOWN_NAME, "right is one of build_info, dim_collections"),
        ("select uper('a')", Reason.UNKNOWN_NAME, "upper"),
        ("select 'a'::int", Reason.FAILED, "Could not convert string 'a' to INT32 (line 1)"),
    ],
)
def test_a_mistake_is_told_with_what_would_be_right(sandbox: Sandbox, query: str, reason: Reason, said: str) -> None:
    error = why_not(sandbox, query)
    assert error.reason is reason
    assert said in error.detail


def test_rows_are_cut_at_the_limit(sandbox: Sandbox) -> None:
    for row_limit, row_count, is_truncated in ((1, 1, True), (15, 15, True), (16, 16, False), (17, 16, False)):
        for form in FORMS:
            result = sandbox.run("from dim_movies", row_limit=row_limit, form=form)
            assert (result.row_count, result.is_truncated) == (row_count, is_truncated)
    default = sandbox.run("from range(2000)")
    assert (default.row_count, default.is_truncated) == (SETTINGS.rows, True)
    assert len(json.loads(default.rows)) == SETTINGS.rows


def test_a_result_has_a_size(sandbox: Sandbox) -> None:
    for form in FORMS:
        with pytest.raises(QueryError, match="larger than 16 MB") as told:
            sandbox.run("select repeat('x', 5000) from range(10000)", row_limit=10_000, form=form)
        assert told.value.reason is Reason.SIZE_LIMIT


def test_arrow_keeps_names_types_and_values(sandbox: Sandbox) -> None:
    result = sandbox.run(
        "select 1 as a, 'é' as a, date '2001-01-01' as d, [1.5::double] as l from range(600)", form="arrow"
    )
    table = pyarrow.ipc.open_stream(io.BytesIO(result.rows)).read_all()
    assert table.schema.names == [column.name for column in result.columns] == ["a", "a_1", "d", "l"]
    assert [str(kind) for kind in table.schema.types] == ["int32", "string", "date32[day]", "list<l: double>"]
    assert (table.num_rows, table.slice(599).to_pylist()[0]["a_1"]) == (600, "é")
    assert (
        pyarrow.ipc.open_stream(sandbox.run("from dim_movies where false", form="arrow").rows).read_all().num_rows == 0
    )
    with pytest.raises(QueryError, match="'i' is a INTERVAL, which only JSON can hold"):
        sandbox.run("select interval 1 day as i", form="arrow")


def test_files_hold_the_same_rows(sandbox: Sandbox) -> None:
    query = "select 1 as n, 'é,\"' as t, null::date as d, [1, 2] as l union all select 2, null, '2001-01-01', []"
    files = {form: sandbox.run(query, form=form).rows for form in FORMS}
    assert files["ndjson"].decode().splitlines() == [
        '{"n":1,"t":"é,\\"","d":null,"l":[1,2]}',
        '{"n":2,"t":null,"d":"2001-01-01","l":[]}',
    ]
    assert [json.loads(line) for line in files["ndjson"].splitlines()] == json.loads(files["json"])
    read_back = list(csv.reader(io.StringIO(files["csv"].decode())))
    assert read_back == [["n", "t", "d", "l"], ["1", 'é,"', "", "[1,2]"], ["2", "", "2001-01-01", "[]"]]
    table = pyarrow.parquet.read_table(io.BytesIO(files["parquet"]))
    assert table.equals(pyarrow.ipc.open_stream(io.BytesIO(files["arrow"])).read_all())


def test_infinite_dates_in_csv_are_the_ends_of_the_calendar(sandbox: Sandbox) -> None:
    kinds = ("date", "timestamp", "timestamp_s", "timestamp_ms", "timestamptz")
    values = ("infinity", "-infinity", "2001-01-02", None)
    columns = ", ".join(f"unnest($values)::{kind} as {kind}" for kind in kinds)
    lines = sandbox.run(f"select {columns}", {"values": list(values)}, form="csv").rows.decode().splitlines()
    written = [line.split(",") for line in lines[1:]]
    for row, day in zip(written, ("9999-12-31", "0001-01-01", "2001-01-02", ""), strict=True):
        assert {cell[:10] for cell in row} == {day}


@pytest.mark.parametrize("form", FORMS)
def test_failures_midway_are_told_in_every_form(small_warehouse: Path, form: Form) -> None:
    sandbox = Sandbox(small_warehouse, BUILD, replace(SETTINGS, seconds=0.5))
    for end, reason in (
        ("error('boom')", Reason.FAILED),
        ("(select max(range) from range(100000000000))", Reason.TIME_LIMIT),
    ):
        with pytest.raises(QueryError) as told:
            sandbox.run(
                f"select repeat('x', 1000) as x, case when range > 8000 then {end}::int end as y from range(10000)",
                row_limit=10_000,
                form=form,
            )
        assert told.value.reason is reason
    sandbox.close()


def test_every_function_of_the_engine_is_allowed_or_refused() -> None:
    with duckdb.connect() as connection:
        found = connection.execute("select lower(function_name), function_type from duckdb_functions()").fetchall()
    names = {name for name, kind in found if kind in ("scalar", "aggregate", "macro")}
    assert {name for name in names if (name in ALLOWED) == bool(refusal_of(name))} == set()
    assert ALLOWED - names == {"unnest"}


def test_the_engine_alone_reads_and_writes_no_file(small_warehouse: Path, tmp_path: Path) -> None:
    copy = tmp_path / "movies.duckdb"
    shutil.copy(small_warehouse, copy)
    connection = Engine(str(copy), 64)._connection
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


@pytest.mark.parametrize(
    "deed",
    [
        pytest.param("Path('stolen').write_text('x')", id="write"),
        pytest.param("bytearray(2 ** 31)", id="memory"),
        pytest.param("[open('/dev/null') for _ in range(100)]", id="files"),
        pytest.param(
            "os.fork()",
            id="process",
            marks=pytest.mark.skipif(os.geteuid() == 0, reason="the kernel does not bound root's processes"),
        ),
        pytest.param("allow_cpu_seconds(0)\nwhile True: pass", id="time"),
    ],
)
def test_a_process_without_rights(tmp_path: Path, deed: str) -> None:
    begin = "import os\nfrom api.sandbox.resource_limits import *\ngive_up_rights(64)\nprint('begun', flush=True)\n"
    done = subprocess.run(
        [sys.executable, "-c", f"{begin}{deed}\nprint('done')"],
        env={"PYTHONPATH": str(Path.cwd())},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    assert (done.stdout, done.returncode != 0) == ("begun\n", True)
    assert all(path.stat().st_size == 0 for path in tmp_path.iterdir())


def test_a_process_that_dies_is_replaced(small_warehouse: Path) -> None:
    sandbox = Sandbox(small_warehouse, BUILD, SETTINGS)
    before = children()
    rows(sandbox, "select 1 as x")
    (first,) = children() - before
    os.kill(first, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(first)], 5) if psutil.pid_exists(first) else None
    assert rows(sandbox, "select 2 as x") == [{"x": 2}]
    (second,) = children() - before
    threading.Timer(0.3, os.kill, (second, signal.SIGKILL)).start()
    assert why_not(sandbox, "select max(range) from range(1000000000000)").reason is Reason.CRASHED
    assert rows(sandbox, "select 3 as x") == [{"x": 3}]
    sandbox.close()
    assert children() - before == set()


def test_what_cannot_be_interrupted_is_told_in_time(small_warehouse: Path) -> None:
    sandbox = Sandbox(small_warehouse, BUILD, replace(HASTY, memory_mb=1024))
    before = children()
    rows(sandbox, "select 1 as x")
    (first,) = children() - before
    begun = time.monotonic()
    assert why_not(sandbox, "select repeat('x', 400000000)").reason is Reason.TIME_LIMIT
    assert time.monotonic() - begun < HASTY.seconds + 0.7
    (second,) = children() - before
    assert second != first
    assert rows(sandbox, "select 2 as x") == [{"x": 2}]
    assert children() - before == {second}
    sandbox.close()


def test_processes_end_with_the_service(small_warehouse: Path) -> None:
    program = (
        "import sys, pathlib, threading, psutil\nfrom api.sandbox.sandbox import *\n"
        f"sandbox = Sandbox(pathlib.Path(sys.argv[1]), {BUILD!r}, SqlSettings(is_on=True, seconds=60))\n"
        "sandbox.run('select 1')\nprint(psutil.Process().children()[0].pid, flush=True)\n"
        "sandbox.run('select max(range) from range(1000000000000)')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, small_warehouse], stdout=subprocess.PIPE, text=True
    ) as service:
        assert service.stdout
        runner = psutil.Process(int(service.stdout.readline()))
        service.kill()
    assert psutil.wait_procs([runner], 5)[1] == []


def test_it_answers_from_its_own_build(small_warehouse: Path, tmp_path: Path) -> None:
    published, next_build = tmp_path / "movies.duckdb", tmp_path / "next.duckdb"
    shutil.copy(small_warehouse, published)
    shutil.copy(small_warehouse, next_build)
    with duckdb.connect(str(next_build)) as connection:
        connection.execute("update quality.build_info set build_id = 'build-2'")
    question = "select build_id from build_info"
    old = Sandbox(published, BUILD, SETTINGS)
    next_build.replace(published)
    assert rows(old, question) == [{"build_id": BUILD}]
    new = Sandbox(published, "build-2", SETTINGS)
    assert rows(new, question) == [{"build_id": "build-2"}]
    mistaken = Sandbox(published, BUILD, SETTINGS)
    with pytest.raises(WarehouseReplacedError, match="build-2, no longer build-1"):
        mistaken.run(question)
    for sandbox in (old, new, mistaken):
        sandbox.close()


def test_too_many_at_a_time_are_told_to_come_back(small_warehouse: Path) -> None:
    sandbox = Sandbox(small_warehouse, BUILD, replace(SETTINGS, seconds=2, concurrency=1))
    rows(sandbox, "select 1 as x")
    with ThreadPoolExecutor(1) as other:
        long = other.submit(why_not, sandbox, "select max(range) from range(1000000000000)")
        time.sleep(0.1)
        error = why_not(sandbox, "select 1")
        assert (error.reason, "at most 1" in error.detail) == (Reason.BUSY, True)
        assert long.result().reason is Reason.TIME_LIMIT
    assert rows(sandbox, "select 1 as x") == [{"x": 1}]
    sandbox.close()


def test_off_is_off(small_warehouse: Path) -> None:
    sandbox = Sandbox(small_warehouse, BUILD, SqlSettings())
    before = children()
    error = why_not(sandbox, "select 1")
    assert (error.reason, "FILMOTECA_SQL=on" in error.detail) == (Reason.OFF, True)
    assert children() == before
    sandbox.close()
