"""Common tools that read exported files, and a comparison of their rows with those of the JSON response."""

import csv
import io
from collections.abc import Callable
from datetime import date
from math import isnan
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import numpy as np
import pandas as pd
import pytest
from pyarrow import ipc

from api.http.content_negotiation import MEDIA_TYPES

Rows = list[dict[str, Any]]
FILE_FORMATS = tuple(name for name in MEDIA_TYPES if name != "json")


def add_suffix(path: str, format_: str) -> str:
    name, question_mark, query = path.partition("?")
    return f"{name}.{format_}{question_mark}{query}"


def csv_by_python(body: bytes, _: Path) -> Rows:
    return [dict(row) for row in csv.DictReader(io.StringIO(body.decode(), newline=""))]


def csv_by_pandas(body: bytes, _: Path) -> Rows:
    # A title may be "NA" or "null": only an empty field is null.
    return _records(pd.read_csv(io.BytesIO(body), keep_default_na=False, na_values=[""]))


def ndjson_by_msgspec(body: bytes, _: Path) -> Rows:
    rows: Rows = msgspec.json.Decoder().decode_lines(body)
    return rows


def parquet_by_pandas(body: bytes, _: Path) -> Rows:
    return _records(pd.read_parquet(io.BytesIO(body)))


def arrow_by_pyarrow(body: bytes, _: Path) -> Rows:
    return ipc.open_stream(body).read_all().to_pylist()


def arrow_by_duckdb(body: bytes, _: Path) -> Rows:
    return _rows(duckdb.from_arrow(ipc.open_stream(body).read_all()))


def csv_by_duckdb(body: bytes, folder: Path) -> Rows:
    return _read_with_duckdb("read_csv('{}')", body, folder)


def ndjson_by_duckdb(body: bytes, folder: Path) -> Rows:
    return _read_with_duckdb("read_json('{}')", body, folder)


def parquet_by_duckdb(body: bytes, folder: Path) -> Rows:
    return _read_with_duckdb("read_parquet('{}')", body, folder)


def _read_with_duckdb(function: str, body: bytes, folder: Path) -> Rows:
    (path := folder / "body").write_bytes(body)
    return _rows(duckdb.sql(f"from {function.format(path)}"))


def _rows(relation: duckdb.DuckDBPyRelation) -> Rows:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _records(frame: pd.DataFrame) -> Rows:
    rows: Rows = frame.to_dict("records")
    return rows


READERS: dict[str, Callable[[bytes, Path], Rows]] = {
    reader.__name__: reader
    for reader in (
        *(csv_by_duckdb, csv_by_python, csv_by_pandas, ndjson_by_msgspec, ndjson_by_duckdb),
        *(parquet_by_pandas, parquet_by_duckdb, arrow_by_pyarrow, arrow_by_duckdb),
    )
}


def to_json_value(value: Any, expected: Any) -> Any:
    """Convert a value from a file to the value in JSON. Strings are decoded if `expected` is not a string."""
    if value is None or value is pd.NaT or (isinstance(value, float) and isnan(value)):
        return None
    if isinstance(value, str) and expected is not None and not isinstance(expected, str):
        return to_json_value(msgspec.json.decode(value), None)
    if isinstance(value, np.ndarray | list):
        return [to_json_value(item, None) for item in value]
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-6)  # readers format 32-bit floats with different numbers of digits
    if isinstance(value, dict):
        return {key: to_json_value(item, None) for key, item in value.items()}
    return str(value)[:10] if isinstance(value, date) else value


def assert_same_rows(rows: Rows, expected_rows: Rows, *, is_csv: bool) -> None:
    assert [list(row) for row in rows] == [list(row) for row in expected_rows]
    for row, expected_row in zip(rows, expected_rows, strict=True):
        for name, expected in expected_row.items():
            if is_csv and expected == "":  # most CSV readers do not distinguish "" from null
                assert row[name] in ("", None) or isnan(row[name])
                continue
            value = to_json_value(None if is_csv and row[name] == "" else row[name], expected)
            assert expected == (str(value) if is_csv and isinstance(expected, str) else value), (name, expected_row)
