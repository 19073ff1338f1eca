"""Arrow batches as the bytes of a file, written while they are read; apart, since pyarrow takes long to load."""

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
    """The batches of an Arrow reader as the bytes of a file: csv, parquet or arrow."""
    sink = _Sink()
    with _WRITERS[format_](pa.PythonFile(sink, mode="w"), reader.schema) as write_batch:
        for batch in reader:
            write_batch(batch)
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """What a writer has written and nobody has taken yet."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._chunks.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        taken, self._chunks = b"".join(self._chunks), []
        return taken


# What the writers take as a file; the stubs of pyarrow know fewer kinds than pyarrow.
Sink = Any
WriteBatch = Callable[[pa.RecordBatch], None]


@contextmanager
def _csv_writer(sink: Sink, schema: pa.Schema) -> Iterator[WriteBatch]:
    """RFC 4180: null is an empty field, an empty text is "", lists and structs are JSON.

    Texts are always in quotes and none is altered, "+1" and "-30-" are titles: a spreadsheet takes them as they are,
    formulas and dates included, if it is told to read quoted fields as text.
    """
    flat = pa.schema([(f.name, pa.string() if pa.types.is_nested(f.type) else f.type) for f in schema])
    with csv.CSVWriter(sink, flat) as writer:
        yield lambda batch: writer.write_batch(pa.record_batch([_flat(c) for c in batch.columns], schema=flat))


def _flat(column: "pa.Array[Any]") -> "pa.Array[Any]":
    if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type):
        return _within_the_calendar(column)
    if not pa.types.is_nested(column.type):
        return column
    return pa.array([None if cell is None else _encode(cell).decode() for cell in column.to_pylist()], pa.string())


def _within_the_calendar(column: "pa.Array[Any]") -> "pa.Array[Any]":
    """Infinite dates and times as the first and the last of the calendar, as JSON has them."""
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":  # holds no year that the calendar has not
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
        yield lambda batch: writer.write_batch(_clean(batch))


def _clean(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same rows, with zeros behind every null.

    Behind a null, a batch has whatever the memory held before, and this format alone would send it along.
    """
    return batch.take(pa.array(range(batch.num_rows), pa.int64()))


_WRITERS = {"csv": _csv_writer, "parquet": _parquet_writer, "arrow": _arrow_writer}
