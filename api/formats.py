"""The formats of an answer, and tables streamed in each of them, batch by batch."""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.datastructures.headers import Accept

from litestar.response import Stream

from api.problems import ProblemError
from api.queries import Queries

if TYPE_CHECKING:
    import pyarrow as pa

JSON = "json"
MEDIA_TYPES = {
    JSON: "application/json",
    "csv": "text/csv",
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "arrow": "application/vnd.apache.arrow.stream",
}
"""Format to media type. The format is also the suffix that a path may end in."""

BATCH_ROWS = 8192
FORMAT_ASKED = "format_asked"
"""The key of the request's state under which the suffix of the path is kept."""
IS_BODY_WANTED = "is_body_wanted"
"""The key under which it says whether anybody will read the body; absent: yes."""


@dataclass(frozen=True, slots=True)
class Export:
    """A query to stream: its name, what it binds, and what to put around its text."""

    query: str
    parameters: Mapping[str, Any]
    around: Callable[[str], str] = str


def format_asked(request: Request[Any, Any, State]) -> str:
    """The format that the path's suffix asks for, or else the Accept header; JSON if both leave it open.

    Raises ProblemError 406 where the header accepts none of the formats.
    """
    if suffix := request.scope["state"].get(FORMAT_ASKED):
        return str(suffix)
    header = request.headers.get("Accept") or "*/*"
    plain = {media_type.partition(";")[0]: name for name, media_type in MEDIA_TYPES.items()}
    if (accepted := Accept(header).best_match(list(plain))) is None:
        raise not_acceptable(header, tuple(MEDIA_TYPES))
    return plain[accepted]


def not_acceptable(asked: str, formats: tuple[str, ...]) -> ProblemError:
    """The 406 for a format that an operation does not speak."""
    known = ", ".join(f"{MEDIA_TYPES[name].partition(';')[0]} (.{name})" for name in formats)
    return ProblemError(HTTPStatus.NOT_ACCEPTABLE, f"This cannot be answered as {asked}; right is one of: {known}.")


def as_file(request: Request[Any, Any, State], queries: Queries, export: Export, format_: str) -> Response[Any]:
    """The rows of a query as a file, sent while they are read."""
    is_body_wanted = request.scope["state"].get(IS_BODY_WANTED, True)
    name = f"{export.query.removeprefix('list_')}.{format_}"
    return Stream(
        stream(queries, export, format_) if is_body_wanted else iter(()),
        media_type=MEDIA_TYPES[format_],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def stream(queries: Queries, export: Export, format_: str) -> Iterator[bytes]:
    """The rows of a query, in its order, as the bytes of a file; at most BATCH_ROWS rows are held at once."""
    if format_ == "ndjson":
        yield from _lines(queries, export)
        return
    with queries.cursor(export.query, export.parameters, export.around) as cursor:
        yield from write(cursor.fetch_record_batch(BATCH_ROWS), format_)


def write(reader: "pa.RecordBatchReader", format_: str) -> Iterator[bytes]:
    """The batches of an Arrow reader as the bytes of a file: csv, ndjson, parquet or arrow."""
    sink = _Sink()
    with _WRITERS[format_](sink, reader.schema) as write_batch:
        for batch in reader:
            write_batch(batch)
            yield sink.taken()
    yield sink.taken()


def _lines(queries: Queries, export: Export) -> Iterator[bytes]:
    """One JSON object a line. DuckDB writes them: ten times as fast as rows made in Python."""

    def around(text: str) -> str:
        return f"select to_json(exported)::varchar from (\n{export.around(text)}) as exported"

    with queries.cursor(export.query, export.parameters, around) as cursor:
        while rows := cursor.fetchmany(BATCH_ROWS):
            yield ("\n".join(row[0] for row in rows) + "\n").encode()


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


WriteBatch = Callable[["pa.RecordBatch"], None]


@contextmanager
def _csv_writer(sink: _Sink, schema: "pa.Schema") -> Iterator[WriteBatch]:
    """RFC 4180: null is an empty field, an empty text is "", lists and structs are JSON."""
    import pyarrow as pa
    from pyarrow import csv

    flat = pa.schema([(f.name, pa.string() if pa.types.is_nested(f.type) else f.type) for f in schema])
    with csv.CSVWriter(sink, flat) as writer:
        yield lambda batch: writer.write_batch(pa.record_batch([_flat(c) for c in batch.columns], schema=flat))


def _flat(column: "pa.Array") -> "pa.Array":
    import pyarrow as pa

    if not pa.types.is_nested(column.type):
        return column
    return pa.array(
        [None if cell is None else msgspec.json.encode(cell).decode() for cell in column.to_pylist()], pa.string()
    )


@contextmanager
def _ndjson_writer(sink: _Sink, schema: "pa.Schema") -> Iterator[WriteBatch]:
    del schema
    yield lambda batch: sink.write(msgspec.json.Encoder().encode_lines(batch.to_pylist())) and None


@contextmanager
def _parquet_writer(sink: _Sink, schema: "pa.Schema") -> Iterator[WriteBatch]:
    from pyarrow import parquet

    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        yield writer.write_batch


@contextmanager
def _arrow_writer(sink: _Sink, schema: "pa.Schema") -> Iterator[WriteBatch]:
    from pyarrow import ipc

    with ipc.new_stream(sink, schema) as writer:
        yield writer.write_batch


_WRITERS = {"csv": _csv_writer, "ndjson": _ndjson_writer, "parquet": _parquet_writer, "arrow": _arrow_writer}
