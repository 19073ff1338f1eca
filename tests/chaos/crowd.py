"""Many clients at once, who keep what they are told: each answer with its build, its body and how long it took."""

import asyncio
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice

import httpx

PATIENCE_SECONDS = 30.0
LONGEST_SECONDS = {"short": 5.0, "long": 1.0}
"""How long an answer may take. Other tests run beside the short form, and take the processor from both sides."""
HEADERS = {"Accept-Encoding": "identity", "Host": "localhost"}
"""Pages name the host that is asked: it is the same for every server, so that their answers can be compared."""


@dataclass(frozen=True, slots=True)
class Told:
    """One answer."""

    path: str
    status: int
    build_id: str
    body: bytes
    seconds: float


@dataclass(slots=True)
class Crowd:
    """What all clients were told until now, and what kept them from being told."""

    told: list[Told] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def slow(self, seconds: float) -> list[str]:
        """The answers that took longer."""
        return [f"{told.path}: {told.seconds:.2f} s" for told in self.told if told.seconds > seconds]


@contextmanager
def asking(origin: str, paths: Sequence[str], clients: int) -> Iterator[Crowd]:
    """So many clients ask the paths in turn, each anew as soon as it is answered, while the block runs."""
    crowd, over = Crowd(), threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_ask(crowd, over, origin, paths, clients)))
    thread.start()
    try:
        yield crowd
    finally:
        over.set()
        thread.join()


async def _ask(crowd: Crowd, over: threading.Event, origin: str, paths: Sequence[str], clients: int) -> None:
    limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx.AsyncClient(base_url=origin, limits=limits, timeout=PATIENCE_SECONDS, headers=HEADERS) as client:

        async def ask(begin: int) -> None:
            for path in islice(cycle(paths), begin, None):
                if over.is_set():
                    return
                begun = time.perf_counter()
                try:
                    answer = await client.get(path)
                except httpx.HTTPError as error:
                    crowd.failed.append(f"{path}: {error!r}")
                    continue
                taken = time.perf_counter() - begun
                build_id = answer.headers.get("filmoteca-build", "")
                crowd.told.append(Told(path, answer.status_code, build_id, answer.content, taken))

        await asyncio.gather(*(ask(number) for number in range(clients)))
