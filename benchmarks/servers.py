"""Server processes that are measured under load."""

import http.client
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import psutil

from benchmarks.load_generator import Address, LoadResult, Request, generate_load
from tests.api import server as processes
from warehouse.errors import FilmotecaError
from warehouse.settings import Settings

CPU_CLOCK_SECONDS = 0.01
"""Resolution of the CPU time of a process."""
THROUGHPUT, CPU = "requests/s", "CPU per request, ms"
PERCENTILES = ("p50, ms", "p95, ms", "p99, ms")


@dataclass(frozen=True, slots=True)
class Server:
    address: Address
    process: psutil.Process
    startup_seconds: float
    """Time from the start of the process to its first response."""

    @property
    def resident_megabytes(self) -> float:
        return sum(float(process.memory_info().rss) for process in self._processes()) / 2**20

    def load(
        self, requests: Iterator[Request], *, clients: int, seconds: float, may_reject: bool = False
    ) -> LoadResult:
        """Load the server and measure its CPU time.

        Raises:
            FilmotecaError: A response was not as expected, or was a 429 unless `may_reject`.
        """
        before = self.cpu_seconds
        result = generate_load(self.address, requests, clients=clients, seconds=seconds)
        result.cpu_seconds = max(self.cpu_seconds - before, CPU_CLOCK_SECONDS)
        if result.rejected and not may_reject:
            raise FilmotecaError(f"{result.rejected} requests were rejected with 429. Raise the server's limits.")
        return result

    def fetch(self, request: Request) -> tuple[http.client.HTTPMessage, bytes]:
        """Return the headers and the body of one response.

        Raises:
            FilmotecaError: If the status is not the expected one.
        """
        with closing(http.client.HTTPConnection(*self.address, timeout=60)) as connection:
            return send_request(connection, request)

    def fetch_json(self, path: str) -> Any:
        return json.loads(self.fetch(Request(path))[1])

    def time_requests(self, requests: Sequence[Request]) -> list[tuple[float, bytes]]:
        """Send requests one after the other over one connection; return milliseconds and body of each."""
        timed = []
        with closing(http.client.HTTPConnection(*self.address, timeout=60)) as connection:
            for request in requests:
                started = time.perf_counter()
                _, body = send_request(connection, request)
                timed.append(((time.perf_counter() - started) * 1000, body))
        return timed

    @property
    def cpu_seconds(self) -> float:
        """CPU time of the process and its children so far."""
        times = [process.cpu_times() for process in self._processes()]
        return sum(float(time.user + time.system) for time in times)

    def _processes(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


def send_request(connection: http.client.HTTPConnection, request: Request) -> tuple[http.client.HTTPMessage, bytes]:
    connection.request(request.method, request.path, request.body or None, dict(request.headers))
    response = connection.getresponse()
    body = response.read()
    if response.status != request.status:
        text = body[:300].decode("utf-8", "replace")
        raise FilmotecaError(f"{request.path}: expected status {request.status}, got {response.status}: {text}")
    return response.headers, body


@contextmanager
def run_server(
    *options: str, module: str = "api", ready_path: str = "/health/ready", environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run `python -m MODULE` on the published warehouse while the block runs."""
    warehouse, started = Settings.from_environment().published_file, time.perf_counter()
    run = processes.run_server(warehouse, *options, module=module, ready_path=ready_path, environment=environment)
    with run as server:
        seconds = time.perf_counter() - started
        yield Server((server.host, server.port), psutil.Process(server.process.pid), seconds)
