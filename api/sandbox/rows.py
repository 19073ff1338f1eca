"""The rows of a result as bytes in any form, cut at a number of rows."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import msgspec
from duckdb import DuckDBPyConnection
from duckdb.sqltypes import DuckDBPyType

from api.sandbox.protocol import Column, Form, QueryError, Reason
from api.sandbox.settings import MAX_RESULT_BYTES

_CHUNK_ROWS = 500
_MAPS = frozenset(("map",))
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


def read(connection: DuckDBPyConnection, row_limit: int, form: Form) -> Rows:
    """The connection's result as bytes of that form. Raises QueryError if it is too large or not for that form."""
    if form not in ("json", "ndjson"):
        return _as_file(connection, row_limit, form)
    objects, is_truncated = _objects(connection, row_limit)
    lines = b"[%s]" % b",".join(objects) if form == "json" else b"".join(b"%s\n" % line for line in objects)
    return Rows(lines, len(objects), is_truncated)


def _objects(connection: DuckDBPyConnection, row_limit: int) -> tuple[list[bytes], bool]:
    """Each row as a JSON object, and whether there were more.

    Dates and times are ISO 8601, intervals ISO 8601 durations with months of 30 days, blobs base64, exact numbers
    all their digits; NaN and infinite numbers, which JSON lacks, are null. Infinite dates and times come from DuckDB
    as the first and the last of the calendar: as null they would take the true ones of that day with them.
    """
    names = [column.name for column in columns(connection)]
    maps = [index for index, column in enumerate(connection.description or []) if _holds(column[1], _MAPS)]
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


def _as_file(connection: DuckDBPyConnection, row_limit: int, form: Form) -> Rows:
    import pyarrow  # noqa: PLC0415 - 0.1 s and 40 MB that only files need

    from api.db.arrow_files import write  # noqa: PLC0415

    for name, kind, *_ in connection.description or []:
        if _holds(kind, _JSON_ONLY):
            raise QueryError(
                Reason.FAILED, f"Column {name!r} is a {kind}, which only JSON can hold; right is a cast to varchar."
            )
    names = [column.name for column in columns(connection)]
    reader = connection.to_arrow_reader(_CHUNK_ROWS)
    schema = pyarrow.schema([field.with_name(name) for field, name in zip(reader.schema, names, strict=True)])
    batches: list[pyarrow.RecordBatch] = []
    size, rest, is_truncated = 0, row_limit, False
    for batch in reader:
        batches.append(pyarrow.record_batch(batch.slice(0, rest).columns, schema=schema))
        rest -= batches[-1].num_rows
        _check_size(size := size + batch.nbytes)
        if is_truncated := batches[-1].num_rows < batch.num_rows:
            break
    content = b"".join(write(pyarrow.RecordBatchReader.from_batches(schema, batches), form))
    _check_size(len(content))
    return Rows(content, row_limit - rest, is_truncated)


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
