"""The rows of a result as bytes: JSON objects or an Arrow IPC stream, cut at a number of rows."""

import io
from collections import Counter
from dataclasses import dataclass
from typing import Any

import msgspec
from duckdb import DuckDBPyConnection
from duckdb.sqltypes import DuckDBPyType

from api.sql.messages import Column, QueryError, Reason
from api.sql.settings import MAX_RESULT_BYTES

_CHUNK_ROWS = 500
# Arrow cannot hold them, or holds them so that Parquet, pandas and spreadsheets cannot read them.
_JSON_ONLY = frozenset(("bignum", "bit", "geometry", "interval", "time with time zone", "uhugeint", "union", "variant"))
_encode = msgspec.json.Encoder(decimal_format="number").encode


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows as bytes."""

    content: bytes
    row_count: int
    is_truncated: bool
    """Whether there were more rows than the limit."""


def columns(connection: DuckDBPyConnection) -> list[Column]:
    """The columns of the connection's result. A second column `a` is called `a_1`, as DuckDB calls it in subqueries."""
    described = connection.description or []
    taken = Counter(name for name, *_ in described)
    names: dict[str, None] = {}
    for name, *_ in described:
        own, number = name, 0
        while own in names or (number and own in taken):
            number += 1
            own = f"{name}_{number}"
        names[own] = None
    return [Column(name, str(column[1])) for name, column in zip(names, described, strict=True)]


def as_json(connection: DuckDBPyConnection, row_limit: int) -> Rows:
    """The connection's result as a JSON array of objects. Raises QueryError if it is too large.

    Dates and times are ISO 8601, intervals ISO 8601 durations with months of 30 days, blobs base64, exact numbers
    all their digits; NaN and the infinities, which JSON lacks, are null.
    """
    names = [column.name for column in columns(connection)]
    maps = [
        index for index, column in enumerate(connection.description or []) if _holds(column[1], frozenset(("map",)))
    ]
    objects: list[bytes] = []
    size = 0
    while chunk := connection.fetchmany(_CHUNK_ROWS):
        for row in chunk:
            if len(objects) == row_limit:
                return Rows(b"[%s]" % b",".join(objects), row_limit, True)
            values = list(row)
            for index in maps:
                values[index] = _with_text_keys(values[index])
            objects.append(_encode(dict(zip(names, values, strict=True))))
            size += len(objects[-1])
            _check_size(size)
    return Rows(b"[%s]" % b",".join(objects), len(objects), False)


def as_arrow(connection: DuckDBPyConnection, row_limit: int) -> Rows:
    """The connection's result as an Arrow IPC stream. Raises QueryError if it is too large or not for Arrow."""
    import pyarrow  # noqa: PLC0415 (a hundred megabytes and a tenth of a second that JSON does not need)

    for name, kind, *_ in connection.description or []:
        if _holds(kind, _JSON_ONLY):
            raise QueryError(
                Reason.FAILED,
                f"Column {name!r} is a {kind}, which only JSON answers can hold; right is a cast to varchar.",
            )
    names = [column.name for column in columns(connection)]
    reader = connection.to_arrow_reader(_CHUNK_ROWS)
    content = io.BytesIO()
    row_count, is_truncated = 0, False
    with pyarrow.ipc.new_stream(
        content, pyarrow.schema([field.with_name(name) for field, name in zip(reader.schema, names, strict=True)])
    ) as stream:
        for batch in reader:
            kept = batch.slice(0, row_limit - row_count).rename_columns(names)
            if kept.num_rows:
                stream.write_batch(kept)
            row_count += kept.num_rows
            _check_size(content.tell())
            if is_truncated := kept.num_rows < batch.num_rows:
                break
    return Rows(content.getvalue(), row_count, is_truncated)


def _check_size(size: int) -> None:
    if size > MAX_RESULT_BYTES:
        raise QueryError(
            Reason.SIZE_LIMIT,
            f"The result is larger than {MAX_RESULT_BYTES // 2**20} MB; right is fewer columns or rows.",
        )


def _holds(kind: DuckDBPyType, ids: frozenset[str]) -> bool:
    """Whether a type is or contains one of those."""
    if kind.id in ids:
        return True
    if kind.id not in ("list", "array", "struct", "map"):
        return False
    return any(_holds(child, ids) for _, child in kind.children if isinstance(child, DuckDBPyType))


def _with_text_keys(value: Any) -> Any:
    """The value with the keys of its maps as text, as JSON has it."""
    if isinstance(value, dict):
        return {key if isinstance(key, str) else str(key): _with_text_keys(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_with_text_keys(item) for item in value]
    return value
