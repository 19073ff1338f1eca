"""Encodes the rows of a result in any format, up to a row limit."""

from collections.abc import Collection
from itertools import chain, islice
from typing import Any

import msgspec
from duckdb import DuckDBPyConnection
from duckdb.sqltypes import DuckDBPyType

from api.sandbox.protocol import MAX_RESULT_BYTES, FailureReason, QueryError, QueryRequest

_CHUNK_ROWS = 500
# Arrow cannot represent these, or Parquet, pandas and spreadsheets cannot read what it makes of them.
_JSON_ONLY = ("bignum", "bit", "geometry", "interval", "time with time zone", "uhugeint", "union", "variant")
Columns = dict[str, DuckDBPyType]
_encode = msgspec.json.Encoder(decimal_format="number").encode


def describe_columns(connection: DuckDBPyConnection) -> Columns:
    """Return the columns of the connection's result. A second column `a` becomes `a_1`."""
    described = connection.description or []
    names = {name for name, *_ in described}
    columns: Columns = {}
    for name, kind, *_ in described:
        unique_name, number = name, 0
        while unique_name in columns or (number and unique_name in names):
            number += 1
            unique_name = f"{name}_{number}"
        columns[unique_name] = kind
    return columns


def encode_rows(connection: DuckDBPyConnection, columns: Columns, request: QueryRequest) -> tuple[bytes, int, bool]:
    """Return the rows of the connection's result in a format, their number, and whether there are more.

    Raises QueryError if the result is too large or has a type that the format lacks.

    In JSON, dates and times are ISO 8601, intervals ISO 8601 durations with months of 30 days, blobs base64, and exact
    numbers have all their digits. NaN and infinite numbers, which JSON lacks, are null. DuckDB returns infinite dates
    as the ends of the calendar; they are not null, because genuine dates of those days would become null too.
    """
    if request.format not in ("json", "ndjson"):
        return _encode_file(connection, columns, request)
    with_maps = [name for name, kind in columns.items() if _contains_type(kind, ("map",))]
    objects: list[bytes] = []
    size = 0
    rows = chain.from_iterable(iter(lambda: connection.fetchmany(_CHUNK_ROWS), []))
    for values in islice(rows, request.row_limit):
        row = dict(zip(columns, values, strict=True))
        for name in with_maps:
            row[name] = _with_text_keys(row[name])
        objects.append(_encode(row))
        _check_size(size := size + len(objects[-1]))
    content = b"[%s]" % b",".join(objects) if request.format == "json" else b"".join(b"%s\n" % one for one in objects)
    return content, len(objects), next(rows, None) is not None


def _encode_file(connection: DuckDBPyConnection, columns: Columns, request: QueryRequest) -> tuple[bytes, int, bool]:
    import pyarrow  # noqa: PLC0415 - takes 0.1 s and 40 MB, which JSON does not need

    from api.db.arrow_files import write  # noqa: PLC0415

    for name, kind in columns.items():
        if _contains_type(kind, _JSON_ONLY):
            detail = f"Column {name!r} has the type {kind}, which only JSON can represent; cast it to varchar."
            raise QueryError(FailureReason.FAILED, detail)
    reader = connection.to_arrow_reader(_CHUNK_ROWS)
    batches: list[pyarrow.RecordBatch] = []
    size, remaining, is_truncated = 0, request.row_limit, False
    for batch in reader:
        batches.append(batch.slice(0, remaining))
        remaining -= batches[-1].num_rows
        _check_size(size := size + batches[-1].nbytes)
        if is_truncated := batches[-1].num_rows < batch.num_rows:
            break
    table = pyarrow.Table.from_batches(batches, reader.schema).rename_columns(list(columns))
    content = b"".join(write(table.to_reader(), request.format))
    _check_size(len(content))
    return content, table.num_rows, is_truncated


def _check_size(size: int) -> None:
    if size > MAX_RESULT_BYTES:
        detail = f"The result is larger than {MAX_RESULT_BYTES // 2**20} MB; select fewer columns or rows."
        raise QueryError(FailureReason.SIZE_LIMIT, detail)


def _contains_type(kind: DuckDBPyType, ids: Collection[str]) -> bool:
    """Return whether a type is or contains one of the types with these ids."""
    if kind.id in ids:
        return True
    if kind.id not in ("list", "array", "struct", "map"):
        return False
    return any(_contains_type(child, ids) for _, child in kind.children if isinstance(child, DuckDBPyType))


def _with_text_keys(value: Any) -> Any:
    """Return the value with the keys of its maps as text, as JSON requires."""
    if isinstance(value, dict):
        return {key if isinstance(key, str) else str(key): _with_text_keys(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_with_text_keys(item) for item in value]
    return value
