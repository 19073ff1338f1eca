"""Files are made in turn, a few at a time, and read at any pace: who reads slowly keeps nobody from a turn."""

import asyncio
from collections.abc import AsyncIterator, Generator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from anyio import CancelScope, CapacityLimiter, to_thread

from api.http.server_errors import SlowReaderError

FILES_AT_A_TIME = 4
"""How many are made at once: each has its sorted rows in the engine's memory meanwhile."""
HELD_BYTES = 32 * 2**20
"""Bytes up to which pieces that nobody has read yet are held, of all files together; then each waits for its reader."""
SECONDS_WITHOUT_ROOM = 10.0
"""How long a file that found no room for its next piece may keep its turn while others wait for theirs."""


@dataclass(slots=True, eq=False)
class _File:
    """One file, half made."""

    pieces: Generator[bytes, None, None]
    made: asyncio.Queue[bytes | None] = field(default_factory=asyncio.Queue)
    """What is to be read; None after the last piece."""
    held_bytes: int = 0
    is_wanted: bool = True


class Turns:
    """The files that one process makes, and what nobody has read of them yet."""

    def __init__(self) -> None:
        """Begin with none, in the event loop that will make them."""
        self._slots = asyncio.Semaphore(FILES_AT_A_TIME)
        # Threads of their own: files are long, and leave those of the other questions alone.
        self._in_thread = partial(to_thread.run_sync, limiter=CapacityLimiter(FILES_AT_A_TIME))
        self._waiting_count = 0
        self._held_bytes = 0
        self._changed = asyncio.Condition()
        """Notified when there is more room, or a file is wanted no more."""

    async def deliver(self, pieces: Generator[bytes, None, None]) -> AsyncIterator[bytes]:
        """The pieces of a file, each made in a thread once it is this file's turn; further ones while there is room.

        Raises what making them raises, and SlowReaderError when others wait for this file's turn and its reader makes
        no room.
        """
        file = _File(pieces)
        making = asyncio.create_task(self._make(file))
        try:
            while (piece := await file.made.get()) is not None:
                yield piece
                await self._let_go(file, len(piece))
            await making
        finally:
            file.is_wanted = False
            with CancelScope(shield=True):  # whoever asked may have left: what was lent is given back all the same
                await self._let_go(file, 0)
                await asyncio.wait([making])
                await self._let_go(file, file.held_bytes)

    async def _make(self, file: _File) -> None:
        try:
            self._waiting_count += 1
            await self._slots.acquire()
            self._waiting_count -= 1
            try:
                while file.is_wanted and (piece := await self._in_thread(next, file.pieces, None)) is not None:
                    await self._find_room(file)
                    self._held_bytes += len(piece)
                    file.held_bytes += len(piece)
                    file.made.put_nowait(piece)
            finally:
                await self._in_thread(file.pieces.close)
                self._slots.release()
        finally:
            file.made.put_nowait(None)

    async def _find_room(self, file: _File) -> None:
        """Wait until fewer bytes are held than may be, or none of this file."""

        def is_room() -> bool:
            return self._held_bytes < HELD_BYTES or file.held_bytes == 0 or not file.is_wanted

        async with self._changed:
            while not is_room():
                with suppress(TimeoutError):
                    async with asyncio.timeout(SECONDS_WITHOUT_ROOM):
                        await self._changed.wait_for(is_room)
                    return
                if self._waiting_count:
                    raise SlowReaderError

    async def _let_go(self, file: _File, size: int) -> None:
        self._held_bytes -= size
        file.held_bytes -= size
        async with self._changed:
            self._changed.notify_all()
