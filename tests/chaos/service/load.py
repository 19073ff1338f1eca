"""Load from concurrent clients, which record every response."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle, islice
from statistics import median
from urllib.parse import urlsplit

CLIENT_TIMEOUT_SECONDS = 60.0
MAX_MEDIAN_RATIO = 20.0
"""A response is late if it also exceeds this ratio to the median of its path: on a loaded machine, all are slow."""
HEADERS = {"Accept-Encoding": "identity", "Host": "localhost"}
"""The same host for every server, because pages contain it and their bodies are compared."""


@dataclass(frozen=True, slots=True)
class RecordedResponse:
    path: str
    status: int
    build_id: str
    body: bytes
    seconds: float


@dataclass(slots=True)
class Recording:
    responses: list[RecordedResponse] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    bodies: dict[bytes, bytes] = field(default_factory=dict)
    """Distinct bodies, to store each of them once."""

    def build_ids(self, last: int) -> set[str]:
        return {response.build_id for response in self.responses[-last:]}

    def assert_all_served(self, max_seconds: float = 5.0) -> None:
        """Assert that every request succeeded and that none was delayed."""
        assert not self.failures
        assert {response.status for response in self.responses} == {200}
        seconds = defaultdict(list)
        for response in self.responses:
            seconds[response.path].append(response.seconds)
        limits = {path: max(max_seconds, MAX_MEDIAN_RATIO * median(times)) for path, times in seconds.items()}
        late = [f"{each.path}: {each.seconds:.2f} s" for each in self.responses if each.seconds > limits[each.path]]
        assert not late, f"{len(late)} of {len(self.responses)} responses are late: {late[:10]}"


@contextmanager
def generate_load(origin: str, paths: Sequence[str], clients: int) -> Iterator[Recording]:
    """Request the paths in turn from concurrent clients while the block runs.

    The clients use the standard library, because others take so much CPU that they would be what is measured.
    """
    recording, stopped = Recording(), threading.Event()
    with ThreadPoolExecutor(clients) as pool:
        futures = [
            pool.submit(_run_client, recording, stopped, origin, islice(cycle(paths), number, None))
            for number in range(clients)
        ]
        try:
            yield recording
        finally:
            stopped.set()
    for future in futures:
        future.result()


def _run_client(recording: Recording, stopped: threading.Event, origin: str, paths: Iterator[str]) -> None:
    with closing(HTTPConnection(urlsplit(origin).netloc, timeout=CLIENT_TIMEOUT_SECONDS)) as connection:
        while not stopped.is_set():
            path, started = next(paths), time.perf_counter()
            try:
                connection.request("GET", path, headers=HEADERS)
                response = connection.getresponse()
                body = response.read()
            except (OSError, HTTPException) as error:
                recording.failures.append(f"{path}: {error!r}")
                connection.close()  # the next request reconnects
                continue
            seconds = time.perf_counter() - started
            build_id = response.headers.get("filmoteca-build", "")
            body = recording.bodies.setdefault(body, body)
            recording.responses.append(RecordedResponse(path, response.status, build_id, body, seconds))
