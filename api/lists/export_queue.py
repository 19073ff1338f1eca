"""Limits how many exports are produced at a time and how much of them is buffered for slow clients."""

import asyncio
from collections.abc import AsyncIterator, Generator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from anyio import CancelScope, CapacityLimiter, to_thread

from api.http.server_errors import SlowReaderError

MAX_CONCURRENT_EXPORTS = 4
"""Exports that are produced at a time. Each one holds its sorted rows in DuckDB's memory."""
MAX_BUFFERED_BYTES = 32 * 2**20
"""Maximum size of the chunks of all exports that no client has read yet, in bytes. Each export can have one more."""
MAX_STALL_SECONDS = 10.0
"""Seconds that an export may wait for its client to read while other exports are queued."""


@dataclass(slots=True, eq=False)
class _Buffer:
    """The chunks of one export that its client has not read yet."""

    source: Generator[bytes, None, None]
    chunks: asyncio.Queue[bytes | None] = field(default_factory=asyncio.Queue)
    """None after the last chunk."""
    byte_count: int = 0
    is_cancelled: bool = False


class ExportQueue:
    """The exports of one process. Belongs to the event loop that creates it."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(MAX_CONCURRENT_EXPORTS)
        # Threads of their own, so that exports do not block other requests.
        self._run_in_thread = partial(to_thread.run_sync, limiter=CapacityLimiter(MAX_CONCURRENT_EXPORTS))
        self._queued_count = 0
        self._buffered_bytes = 0
        self._space_freed = asyncio.Condition()

    async def stream(self, source: Generator[bytes, None, None]) -> AsyncIterator[bytes]:
        """Yield the chunks of an export, produced in a thread once there is a free slot.

        Raises SlowReaderError if other exports are queued while the client does not read this one.
        """
        buffer = _Buffer(source)
        producer = asyncio.create_task(self._produce(buffer))
        try:
            while (chunk := await buffer.chunks.get()) is not None:
                yield chunk
                await self._release(buffer, len(chunk))
            await producer
        finally:
            buffer.is_cancelled = True
            with CancelScope(shield=True):  # release the slot and the buffer even if the client disconnected
                await self._release(buffer, 0)
                await asyncio.wait([producer])
                await self._release(buffer, buffer.byte_count)

    async def _produce(self, buffer: _Buffer) -> None:
        try:
            self._queued_count += 1
            await self._slots.acquire()
            self._queued_count -= 1
            try:
                while not buffer.is_cancelled:
                    if (chunk := await self._run_in_thread(next, buffer.source, None)) is None:
                        break
                    await self._wait_for_space(buffer)
                    self._buffered_bytes += len(chunk)
                    buffer.byte_count += len(chunk)
                    buffer.chunks.put_nowait(chunk)
            finally:
                await self._run_in_thread(buffer.source.close)
                self._slots.release()
        finally:
            buffer.chunks.put_nowait(None)

    async def _wait_for_space(self, buffer: _Buffer) -> None:
        """Wait until there is space, or the client has read everything that was produced for it."""

        def has_space() -> bool:
            return self._buffered_bytes < MAX_BUFFERED_BYTES or buffer.byte_count == 0 or buffer.is_cancelled

        async with self._space_freed:
            while not has_space():
                with suppress(TimeoutError):
                    async with asyncio.timeout(MAX_STALL_SECONDS):
                        await self._space_freed.wait_for(has_space)
                    return
                if self._queued_count:
                    raise SlowReaderError

    async def _release(self, buffer: _Buffer, size: int) -> None:
        """Free the space of chunks that were read, and wake up the exports that wait for space."""
        self._buffered_bytes -= size
        buffer.byte_count -= size
        async with self._space_freed:
            self._space_freed.notify_all()
