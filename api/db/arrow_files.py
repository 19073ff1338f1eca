"""Writes Arrow batches as CSV, Parquet or Arrow files. Import it when needed: loading pyarrow takes 0.3 s."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pyarrow as pa
from pyarrow import compute, csv, ipc, parquet

_encode = msgspec.json.Encoder(decimal_format="number").encode


def write(reader: pa.RecordBatchReader, format_: str) -> Iterator[bytes]:
    """Yield the chunks of a file in the format `csv`, `parquet` or `arrow`, one per batch."""
    buffer = io.BytesIO()
    writer, convert = _create_writer(pa.PythonFile(buffer, mode="w"), reader.schema, format_)
    with writer:
        for batch in reader:
            writer.write_batch(convert(batch))
            yield _pop(buffer)
    yield _pop(buffer)


def _create_writer(file: Any, schema: pa.Schema, format_: str) -> tuple[Any, Callable[[pa.RecordBatch], Any]]:
    """Return the writer of a format, and the function that converts the batches for it.

    CSV follows RFC 4180. Nulls are empty fields, empty strings are `""`, lists and structs are JSON. Strings are always
    quoted and never escaped against spreadsheet formulas: "+1" and "-30-" are titles. To keep them as text, import
    quoted fields as text.
    """
    if format_ == "csv":
        flat = pa.schema([(f.name, pa.string() if pa.types.is_nested(f.type) else f.type) for f in schema])
        return csv.CSVWriter(file, flat), lambda batch: pa.record_batch(
            [_flatten(c) for c in batch.columns], schema=flat
        )
    if format_ == "parquet":
        return parquet.ParquetWriter(file, schema, compression="zstd"), lambda batch: batch
    # Arrow also writes the values of nulls, which are uninitialized memory: `take` replaces them with zeros.
    return ipc.new_stream(file, schema), lambda batch: batch.take(pa.array(range(batch.num_rows), pa.int64()))


def _pop(buffer: io.BytesIO) -> bytes:
    """Return the bytes written since the last call."""
    chunk = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return chunk


def _flatten(column: "pa.Array[Any]") -> "pa.Array[Any]":
    """Return the column as CSV can hold it."""
    if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type):
        return _clamp_infinite_dates(column)
    if not pa.types.is_nested(column.type):
        return column
    return pa.array([None if cell is None else _encode(cell).decode() for cell in column.to_pylist()], pa.string())


def _clamp_infinite_dates(column: "pa.Array[Any]") -> "pa.Array[Any]":
    """Replace infinite dates and times by the first and the last of Python's calendar, as in JSON."""
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":  # always within Python's calendar
        return column
    is_date, zone = pa.types.is_date(column.type), getattr(column.type, "tz", None) and UTC
    ends = (datetime.min, datetime.max.replace(microsecond=0))
    first, last = (pa.scalar(end.date() if is_date else end.replace(tzinfo=zone), column.type) for end in ends)
    not_later = compute.if_else(compute.greater(column, last), last, column)
    within: pa.Array[Any] = compute.if_else(compute.less(not_later, first), first, not_later)
    return within
