"""Exports: the rows of a query as a file, streamed in chunks."""

import asyncio
from collections.abc import AsyncIterator, Callable, Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from anyio import BrokenResourceError, CancelScope, create_memory_object_stream, to_thread
from anyio.streams.memory import MemoryObjectSendStream
from litestar import Response

from api.db.queries import Queries
from api.http.content_negotiation import MEDIA_TYPES, current_format
from api.http.context import request_context
from api.http.streams import CheckedStream, SlowReaderError

BATCH_ROWS = 8192
"""Maximum rows of a chunk, which has at most about 3 MB."""
MAX_CONCURRENT_EXPORTS = 4
"""Exports that are produced at a time. Each one holds its sorted rows in DuckDB's memory."""
BUFFERED_CHUNKS = 3
"""Chunks that an export is ahead of its client."""
MAX_STALL_SECONDS = 10.0
"""Seconds that an export may wait for its client to read while other exports are queued."""


@dataclass(frozen=True, slots=True)
class Export:
    """A query to export, by name."""

    query: str
    parameters: Mapping[str, Any]
    wrap: Callable[[str], str] = str
    """Changes the SQL of the query."""
    file_name: str | None = None
    """Name of the file without its suffix; by default, the name of the query without `list_`."""


class ExportQueue:
    """Limits how many exports of this process are produced at a time, and how far each is ahead of a slow client."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(MAX_CONCURRENT_EXPORTS)
        self._queued_count = 0

    async def stream(self, source: Generator[bytes, None, None]) -> AsyncIterator[bytes]:
        """Yield the chunks of an export, produced in a thread once there is a free slot.

        Raises SlowReaderError if other exports are queued while the client does not read this one.
        """
        sender, receiver = create_memory_object_stream[bytes](BUFFERED_CHUNKS)
        producer = asyncio.create_task(self._produce(source, sender))
        try:
            async for chunk in receiver:
                yield chunk
            await producer
        finally:
            receiver.close()  # the producer stops at its next chunk
            with CancelScope(shield=True):  # the query must end before its snapshot can be closed
                await asyncio.gather(producer, return_exceptions=True)

    async def _produce(self, source: Generator[bytes, None, None], sender: MemoryObjectSendStream[bytes]) -> None:
        with sender, suppress(BrokenResourceError):
            self._queued_count += 1
            await self._slots.acquire()
            self._queued_count -= 1
            try:
                while (chunk := await to_thread.run_sync(next, source, None)) is not None:
                    await self._send(chunk, sender)
            finally:
                await to_thread.run_sync(source.close)
                self._slots.release()

    async def _send(self, chunk: bytes, sender: MemoryObjectSendStream[bytes]) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(MAX_STALL_SECONDS):
                    await sender.send(chunk)
                return
            if self._queued_count:
                raise SlowReaderError


_queue = ExportQueue()


def file_response(queries: Queries, export: Export) -> Response[Any]:
    """Return the rows of an export as a streamed file in the negotiated format."""
    format_ = current_format()
    name = f"{export.file_name or export.query.removeprefix('list_')}.{format_}"
    is_discarded = request_context.get().is_body_discarded
    return CheckedStream(
        iter(()) if is_discarded else _queue.stream(export_chunks(queries, export, format_)),
        media_type=MEDIA_TYPES[format_],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def export_chunks(queries: Queries, export: Export, format_: str) -> Generator[bytes, None, None]:
    """Yield the rows of an export as chunks of a file in the format `csv`, `ndjson`, `parquet` or `arrow`."""
    if format_ == "ndjson":  # DuckDB encodes rows as JSON ten times as fast as Python
        to_json = "select to_json(exported)::varchar from (\n{}) as exported".format
        with queries.cursor(export.query, export.parameters, lambda text: to_json(export.wrap(text))) as cursor:
            while rows := cursor.fetchmany(BATCH_ROWS):
                yield ("\n".join(row[0] for row in rows) + "\n").encode()
        return
    from api.db.arrow_files import write  # noqa: PLC0415 - loading pyarrow takes 0.3 s and 40 MB

    with queries.cursor(export.query, export.parameters, export.wrap) as cursor:
        yield from write(cursor.to_arrow_reader(BATCH_ROWS), format_)
