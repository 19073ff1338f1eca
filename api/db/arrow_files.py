"""Writes Arrow batches as CSV, Parquet or Arrow files. Import it when needed: loading pyarrow takes 0.3 s."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import msgspec
import pyarrow as pa
from pyarrow import compute, csv, ipc, parquet

_encode = msgspec.json.Encoder(decimal_format="number").encode


def write(reader: pa.RecordBatchReader, format_: str) -> Iterator[bytes]:
    """Yield the chunks of a file in the format `csv`, `parquet` or `arrow`, one per batch."""
    sink = _Sink()
    with _WRITERS[format_](pa.PythonFile(sink, mode="w"), reader.schema) as write_batch:
        for batch in reader:
            write_batch(batch)
            yield sink.pop()
    yield sink.pop()


class _Sink(io.RawIOBase):
    """A buffer for the bytes that a writer produces."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._chunks.append(bytes(data))
        return len(data)

    def pop(self) -> bytes:
        """Return the bytes written since the last call."""
        chunk, self._chunks = b"".join(self._chunks), []
        return chunk


Sink = Any  # pyarrow's stubs do not accept every file type that its writers accept
WriteBatch = Callable[[pa.RecordBatch], None]


@contextmanager
def _csv_writer(sink: Sink, schema: pa.Schema) -> Iterator[WriteBatch]:
    """Write CSV (RFC 4180). Nulls are empty fields, empty strings are `""`, lists and structs are JSON.

    Strings are always quoted and never escaped against spreadsheet formulas: "+1" and "-30-" are titles. To keep them
    as text, import quoted fields as text.
    """
    flat = pa.schema([(f.name, pa.string() if pa.types.is_nested(f.type) else f.type) for f in schema])
    with csv.CSVWriter(sink, flat) as writer:
        yield lambda batch: writer.write_batch(pa.record_batch([_flatten(c) for c in batch.columns], schema=flat))


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


@contextmanager
def _parquet_writer(sink: Sink, schema: pa.Schema) -> Iterator[WriteBatch]:
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        yield writer.write_batch


@contextmanager
def _arrow_writer(sink: Sink, schema: pa.Schema) -> Iterator[WriteBatch]:
    with ipc.new_stream(sink, schema) as writer:
        yield lambda batch: writer.write_batch(_clear_nulls(batch))


def _clear_nulls(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the batch with zeros as the values of its nulls.

    Otherwise they are uninitialized memory, which this format, unlike the others, writes to the file.
    """
    return batch.take(pa.array(range(batch.num_rows), pa.int64()))


_WRITERS = {"csv": _csv_writer, "parquet": _parquet_writer, "arrow": _arrow_writer}
