"""Results in every format: values, names, limits and failures."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet
import pytest

from api.sandbox.protocol import FailureReason, QueryError, ResultFormat
from api.sandbox.sandbox import Sandbox
from tests.api.sandbox.queries import FORMATS, OPTIONS


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
def test_value_has_its_type_and_all_digits(sandbox: Sandbox, value: str, kind: str, expected: str) -> None:
    result = sandbox.run(f"select {value} as x")
    assert result.columns == {"x": kind}
    assert result.rows.decode() == f'[{{"x":{expected}}}]'


def test_result_is_truncated_at_the_row_limit(sandbox: Sandbox) -> None:
    for row_limit, row_count, is_truncated in ((1, 1, True), (15, 15, True), (16, 16, False), (17, 16, False)):
        for result_format in FORMATS:
            result = sandbox.run("from dim_movies", row_limit=row_limit, result_format=result_format)
            assert (result.row_count, result.is_truncated) == (row_count, is_truncated)
    default = sandbox.run("from range(2000)")
    assert (default.row_count, default.is_truncated) == (OPTIONS.rows, True)
    assert len(json.loads(default.rows)) == OPTIONS.rows


def test_result_over_the_size_limit_is_refused(sandbox: Sandbox) -> None:
    for result_format in FORMATS:
        with pytest.raises(QueryError, match="larger than 16 MB") as raised:
            sandbox.run("select repeat('x', 5000) from range(10000)", row_limit=10_000, result_format=result_format)
        assert raised.value.reason is FailureReason.SIZE_LIMIT


def test_arrow_result_has_names_types_and_values(sandbox: Sandbox) -> None:
    result = sandbox.run(
        "select 1 as a, 'é' as a, date '2001-01-01' as d, [1.5::double] as l from range(600)", result_format="arrow"
    )
    table = pyarrow.ipc.open_stream(io.BytesIO(result.rows)).read_all()
    assert table.schema.names == list(result.columns) == ["a", "a_1", "d", "l"]
    assert [str(kind) for kind in table.schema.types] == ["int32", "string", "date32[day]", "list<l: double>"]
    assert (table.num_rows, table.slice(599).to_pylist()[0]["a_1"]) == (600, "é")
    assert (
        pyarrow.ipc.open_stream(sandbox.run("from dim_movies where false", result_format="arrow").rows)
        .read_all()
        .num_rows
        == 0
    )
    with pytest.raises(QueryError, match="'i' has the type INTERVAL, which only JSON can represent"):
        sandbox.run("select interval 1 day as i", result_format="arrow")


def test_every_format_contains_the_same_rows(sandbox: Sandbox) -> None:
    query = "select 1 as n, 'é,\"' as t, null::date as d, [1, 2] as l union all select 2, null, '2001-01-01', []"
    files = {result_format: sandbox.run(query, result_format=result_format).rows for result_format in FORMATS}
    assert files["ndjson"].decode().splitlines() == [
        '{"n":1,"t":"é,\\"","d":null,"l":[1,2]}',
        '{"n":2,"t":null,"d":"2001-01-01","l":[]}',
    ]
    assert [json.loads(line) for line in files["ndjson"].splitlines()] == json.loads(files["json"])
    read_back = list(csv.reader(io.StringIO(files["csv"].decode())))
    assert read_back == [["n", "t", "d", "l"], ["1", 'é,"', "", "[1,2]"], ["2", "", "2001-01-01", "[]"]]
    table = pyarrow.parquet.read_table(io.BytesIO(files["parquet"]))
    assert table.equals(pyarrow.ipc.open_stream(io.BytesIO(files["arrow"])).read_all())


def test_infinite_date_in_csv_is_an_end_of_the_calendar(sandbox: Sandbox) -> None:
    kinds = ("date", "timestamp", "timestamp_s", "timestamp_ms", "timestamptz")
    values = ("infinity", "-infinity", "2001-01-02", None)
    columns = ", ".join(f"unnest($values)::{kind} as {kind}" for kind in kinds)
    lines = sandbox.run(f"select {columns}", {"values": list(values)}, result_format="csv").rows.decode().splitlines()
    written = [line.split(",") for line in lines[1:]]
    for row, day in zip(written, ("9999-12-31", "0001-01-01", "2001-01-02", ""), strict=True):
        assert {cell[:10] for cell in row} == {day}


@pytest.mark.parametrize("result_format", FORMATS)
def test_failure_midway_raises_in_every_format(small_warehouse: Path, result_format: ResultFormat) -> None:
    sandbox = Sandbox(small_warehouse, replace(OPTIONS, seconds=0.5))
    for end, reason in (
        ("error('boom')", FailureReason.FAILED),
        ("(select max(range) from range(100000000000))", FailureReason.TIME_LIMIT),
    ):
        with pytest.raises(QueryError) as raised:
            sandbox.run(
                f"select repeat('x', 1000) as x, case when range > 8000 then {end}::int end as y from range(10000)",
                row_limit=10_000,
                result_format=result_format,
            )
        assert raised.value.reason is reason
    sandbox.close()
