"""Results in every format: values, names, limits and failures."""

import csv
import io
import json
from typing import Any, get_args

import pyarrow.parquet
import pytest

from api.sandbox.protocol import FailureReason, QueryError, QueryRequest, QueryResult, ResultFormat
from api.sandbox.sandbox import Sandbox
from tests.api.sandbox.conftest import OPTIONS

FORMATS: tuple[ResultFormat, ...] = get_args(ResultFormat)


def run(sandbox: Sandbox, query: str, **options: Any) -> QueryResult:
    return sandbox.run(QueryRequest(query, **options))


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
    result = run(sandbox, f"select {value} as x")
    assert result.columns == {"x": kind}
    assert result.rows.decode() == f'[{{"x":{expected}}}]'


def test_result_is_truncated_at_the_row_limit(sandbox: Sandbox) -> None:
    for row_limit, row_count, is_truncated in ((1, 1, True), (15, 15, True), (16, 16, False), (17, 16, False)):
        for format_ in FORMATS:
            result = run(sandbox, "from dim_movies", row_limit=row_limit, format=format_)
            assert (result.row_count, result.is_truncated) == (row_count, is_truncated)
    default = run(sandbox, "from range(2000)")
    assert (default.row_count, default.is_truncated) == (OPTIONS.rows, True)
    assert len(json.loads(default.rows)) == OPTIONS.rows


def test_every_format_contains_the_same_rows(sandbox: Sandbox) -> None:
    query = (
        "select 1 as n, 'é,\"' as t, null::date as t, [1.5::double, 2] as l union all select 2, null, $day::date, []"
    )
    day = {"day": "2001-01-01"}
    results = {format_: run(sandbox, query, parameters=day, format=format_) for format_ in FORMATS}
    assert {tuple(result.columns) for result in results.values()} == {("n", "t", "t_1", "l")}
    files = {format_: result.rows for format_, result in results.items()}
    assert files["ndjson"].decode().splitlines() == [
        '{"n":1,"t":"é,\\"","t_1":null,"l":[1.5,2.0]}',
        '{"n":2,"t":null,"t_1":"2001-01-01","l":[]}',
    ]
    assert [json.loads(line) for line in files["ndjson"].splitlines()] == json.loads(files["json"])
    read_back = list(csv.reader(io.StringIO(files["csv"].decode())))
    assert read_back == [["n", "t", "t_1", "l"], ["1", 'é,"', "", "[1.5,2.0]"], ["2", "", "2001-01-01", "[]"]]
    table = pyarrow.parquet.read_table(io.BytesIO(files["parquet"]))
    arrow = pyarrow.ipc.open_stream(io.BytesIO(files["arrow"])).read_all()
    assert table.equals(arrow)
    assert [str(kind) for kind in arrow.schema.types] == ["int32", "string", "date32[day]", "list<l: double>"]


def test_empty_arrow_result_has_its_columns(sandbox: Sandbox) -> None:
    table = pyarrow.ipc.open_stream(run(sandbox, "from range(9) where false", format="arrow").rows).read_all()
    assert (table.num_rows, table.column_names) == (0, ["range"])


def test_infinite_date_in_csv_is_an_end_of_the_calendar(sandbox: Sandbox) -> None:
    kinds = ("date", "timestamp", "timestamp_s", "timestamp_ms", "timestamptz")
    columns = ", ".join(f"unnest($values)::{kind} as {kind}" for kind in kinds)
    values = ["infinity", "-infinity", "2001-01-02", None]
    lines = run(sandbox, f"select {columns}", parameters={"values": values}, format="csv").rows.decode().splitlines()
    written = [line.split(",") for line in lines[1:]]
    for row, day in zip(written, ("9999-12-31", "0001-01-01", "2001-01-02", ""), strict=True):
        assert {cell[:10] for cell in row} == {day}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    ("query", "reason", "detail"),
    [
        ("select repeat('x', 5000) from range(10000)", FailureReason.SIZE_LIMIT, "larger than 16 MB"),
        (
            "select repeat('x', 1000), if(range > 8000, error('boom')::int, 1) from range(10000)",
            FailureReason.FAILED,
            "boom",
        ),
    ],
)
def test_failure_midway_raises_in_every_format(
    sandbox: Sandbox, query: str, reason: FailureReason, detail: str, format_: ResultFormat
) -> None:
    with pytest.raises(QueryError, match=detail) as raised:
        run(sandbox, query, row_limit=10_000, format=format_)
    assert raised.value.reason is reason


def test_type_that_only_json_can_represent_is_refused_in_other_formats(sandbox: Sandbox) -> None:
    with pytest.raises(QueryError, match="'i' has the type INTERVAL, which only JSON can represent"):
        run(sandbox, "select interval 1 day as i", format="arrow")
