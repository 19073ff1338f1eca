"""Many clients at once, who keep what they are told: each answer with its build, its body and how long it took."""

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle, islice
from urllib.parse import urlsplit

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
    bodies: dict[bytes, bytes] = field(default_factory=dict)
    """Each body once: most are told over and over."""

    def slow(self, seconds: float) -> list[str]:
        """The answers that took longer."""
        return [f"{told.path}: {told.seconds:.2f} s" for told in self.told if told.seconds > seconds]


@contextmanager
def asking(origin: str, paths: Sequence[str], clients: int) -> Iterator[Crowd]:
    """So many clients ask the paths in turn, each anew as soon as it is answered, while the block runs.

    Clients of the standard library: a richer one takes so much of the cores that it would be measured, not the server.
    """
    crowd, over = Crowd(), threading.Event()
    with ThreadPoolExecutor(clients) as pool:
        asked = [pool.submit(_ask, crowd, over, origin, islice(cycle(paths), at, None)) for at in range(clients)]
        try:
            yield crowd
        finally:
            over.set()
    for each in asked:
        each.result()


def _ask(crowd: Crowd, over: threading.Event, origin: str, paths: Iterator[str]) -> None:
    with closing(HTTPConnection(urlsplit(origin).netloc, timeout=PATIENCE_SECONDS)) as connection:
        while not over.is_set():
            path, begun = next(paths), time.perf_counter()
            try:
                connection.request("GET", path, headers=HEADERS)
                answer = connection.getresponse()
                body = answer.read()
            except (OSError, HTTPException) as error:
                crowd.failed.append(f"{path}: {error!r}")
                connection.close()  # the next request opens it again
                continue
            taken = time.perf_counter() - begun
            build_id = answer.headers.get("filmoteca-build", "")
            crowd.told.append(Told(path, answer.status, build_id, crowd.bodies.setdefault(body, body), taken))
