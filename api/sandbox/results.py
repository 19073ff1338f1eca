"""Encodes the rows of a result in any format, up to a row limit."""

from collections import Counter
from typing import Any

import msgspec
from duckdb import DuckDBPyConnection
from duckdb.sqltypes import DuckDBPyType

from api.sandbox.options import MAX_RESULT_BYTES
from api.sandbox.protocol import FailureReason, QueryError, ResultColumn, ResultFormat

_CHUNK_ROWS = 500
_MAPS = frozenset(("map",))
# Arrow cannot represent these, or Parquet, pandas and spreadsheets cannot read what it makes of them.
_JSON_ONLY = frozenset(("bignum", "bit", "geometry", "interval", "time with time zone", "uhugeint", "union", "variant"))
EncodedRows = tuple[bytes, int, bool]
"""The rows in a format, their number, and whether the result has more of them than the limit."""
_encode = msgspec.json.Encoder(decimal_format="number").encode


def describe_columns(connection: DuckDBPyConnection) -> list[ResultColumn]:
    """Return the columns of the connection's result. A second column `a` becomes `a_1`, as in DuckDB's subqueries."""
    described = connection.description or []
    taken = Counter(name for name, *_ in described)
    names: dict[str, None] = {}
    for name, *_ in described:
        unique_name, number = name, 0
        while unique_name in names or (number and unique_name in taken):
            number += 1
            unique_name = f"{name}_{number}"
        names[unique_name] = None
    return [ResultColumn(name, str(column[1])) for name, column in zip(names, described, strict=True)]


def encode_rows(connection: DuckDBPyConnection, row_limit: int, result_format: ResultFormat) -> EncodedRows:
    """Return the connection's result. Raises QueryError if it is too large or has a type that the format lacks."""
    if result_format not in ("json", "ndjson"):
        return _encode_file(connection, row_limit, result_format)
    objects, is_truncated = _encode_objects(connection, row_limit)
    is_array = result_format == "json"
    lines = b"[%s]" % b",".join(objects) if is_array else b"".join(b"%s\n" % line for line in objects)
    return lines, len(objects), is_truncated


def _encode_objects(connection: DuckDBPyConnection, row_limit: int) -> tuple[list[bytes], bool]:
    """Return each row as a JSON object, and whether there are more.

    Dates and times are ISO 8601, intervals ISO 8601 durations with months of 30 days, blobs base64, and exact numbers
    have all their digits. NaN and infinite numbers, which JSON lacks, are null. DuckDB returns infinite dates as the
    first and last day of the calendar; they are not null, because genuine dates of those days would become null too.
    """
    names = [column.name for column in describe_columns(connection)]
    maps = [index for index, column in enumerate(connection.description or []) if _contains_type(column[1], _MAPS)]
    objects: list[bytes] = []
    size = 0
    while chunk := connection.fetchmany(_CHUNK_ROWS):
        for row in chunk:
            if len(objects) == row_limit:
                return objects, True
            values = list(row)
            for index in maps:
                values[index] = _with_text_keys(values[index])
            objects.append(_encode(dict(zip(names, values, strict=True))))
            size += len(objects[-1])
            _check_size(size)
    return objects, False


def _encode_file(connection: DuckDBPyConnection, row_limit: int, result_format: ResultFormat) -> EncodedRows:
    import pyarrow  # noqa: PLC0415 - takes 0.1 s and 40 MB, which JSON does not need

    from api.db.arrow_files import write  # noqa: PLC0415

    for name, kind, *_ in connection.description or []:
        if _contains_type(kind, _JSON_ONLY):
            detail = f"Column {name!r} has the type {kind}, which only JSON can represent; cast it to varchar."
            raise QueryError(FailureReason.FAILED, detail)
    names = [column.name for column in describe_columns(connection)]
    reader = connection.to_arrow_reader(_CHUNK_ROWS)
    schema = pyarrow.schema([field.with_name(name) for field, name in zip(reader.schema, names, strict=True)])
    batches: list[pyarrow.RecordBatch] = []
    size, remaining, is_truncated = 0, row_limit, False
    for batch in reader:
        batches.append(pyarrow.record_batch(batch.slice(0, remaining).columns, schema=schema))
        remaining -= batches[-1].num_rows
        _check_size(size := size + batch.nbytes)
        if is_truncated := batches[-1].num_rows < batch.num_rows:
            break
    content = b"".join(write(pyarrow.RecordBatchReader.from_batches(schema, batches), result_format))
    _check_size(len(content))
    return content, row_limit - remaining, is_truncated


def _check_size(size: int) -> None:
    if size > MAX_RESULT_BYTES:
        detail = f"The result is larger than {MAX_RESULT_BYTES // 2**20} MB; select fewer columns or rows."
        raise QueryError(FailureReason.SIZE_LIMIT, detail)


def _contains_type(kind: DuckDBPyType, ids: frozenset[str]) -> bool:
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
