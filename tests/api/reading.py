"""How people read the files of an answer: each reader makes rows of a body, whose values compare with those of JSON."""

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

FILES = tuple(format_ for format_ in MEDIA_TYPES if format_ != "json")


def suffixed(path: str, format_: str) -> str:
    name, question_mark, query = path.partition("?")
    return f"{name}.{format_}{question_mark}{query}"


def csv_by_duckdb(body: bytes, folder: Path) -> Rows:
    (folder / "body.csv").write_bytes(body)
    return rows_of(duckdb.sql(f"from read_csv('{folder / 'body.csv'}')"))


def csv_by_python(body: bytes, _: Path) -> Rows:
    return [dict(row) for row in csv.DictReader(io.StringIO(body.decode(), newline=""))]


def csv_by_pandas(body: bytes, _: Path) -> Rows:
    # A title may be "NA" or "null": only an empty field is no value.
    return records(pd.read_csv(io.BytesIO(body), keep_default_na=False, na_values=[""]))


def ndjson_by_msgspec(body: bytes, _: Path) -> Rows:
    rows: Rows = msgspec.json.Decoder().decode_lines(body)
    return rows


def ndjson_by_duckdb(body: bytes, folder: Path) -> Rows:
    (folder / "body.ndjson").write_bytes(body)
    return rows_of(duckdb.sql(f"from read_json('{folder / 'body.ndjson'}')"))


def parquet_by_pandas(body: bytes, _: Path) -> Rows:
    return records(pd.read_parquet(io.BytesIO(body)))


def parquet_by_duckdb(body: bytes, folder: Path) -> Rows:
    (folder / "body.parquet").write_bytes(body)
    return rows_of(duckdb.sql(f"from '{folder / 'body.parquet'}'"))


def arrow_by_pyarrow(body: bytes, _: Path) -> Rows:
    return ipc.open_stream(body).read_all().to_pylist()


def arrow_by_duckdb(body: bytes, _: Path) -> Rows:
    return rows_of(duckdb.from_arrow(ipc.open_stream(body).read_all()))


def rows_of(relation: duckdb.DuckDBPyRelation) -> Rows:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def records(frame: pd.DataFrame) -> Rows:
    rows: Rows = frame.to_dict("records")
    return rows


READERS: dict[str, Callable[[bytes, Path], Rows]] = {
    reader.__name__: reader
    for reader in (
        csv_by_duckdb,
        csv_by_python,
        csv_by_pandas,
        ndjson_by_msgspec,
        ndjson_by_duckdb,
        parquet_by_pandas,
        parquet_by_duckdb,
        arrow_by_pyarrow,
        arrow_by_duckdb,
    )
}


def plain(value: Any, like: Any) -> Any:
    """A value that was read, as JSON would hold it; `like` is what the JSON holds, whose type a text takes."""
    if value is None or value is pd.NaT or (isinstance(value, float) and isnan(value)):
        return None
    if isinstance(value, str) and like is not None and not isinstance(like, str):
        return plain(msgspec.json.decode(value), None)
    if isinstance(value, np.ndarray | list):
        return [plain(item, None) for item in value]
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-6)  # some are of 32 bits, of which each reader shows as many as it likes
    if isinstance(value, dict):
        return {key: plain(item, None) for key, item in value.items()}
    return str(value)[:10] if isinstance(value, date) else value


def assert_same(read: Rows, expected: Rows, *, is_csv: bool) -> None:
    assert [list(row) for row in read] == [list(row) for row in expected]
    for read_row, row in zip(read, expected, strict=True):
        for name, value in row.items():
            # Which texts are empty and which unknown, CSV says and most of its readers do not tell.
            wanted = None if is_csv and value == "" else value
            found = plain(None if is_csv and read_row[name] == "" else read_row[name], wanted)
            if is_csv and isinstance(wanted, str):
                found = str(found)
            assert wanted == found, (name, row)
