"""Starts server processes, waits until they respond, and measures them under load."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from typing import Any

import psutil

from benchmarks.load_generator import Address, LoadResult, Request, generate_load
from warehouse.errors import FilmotecaError

START_TIMEOUT_SECONDS = 60
STOP_TIMEOUT_SECONDS = 10
CPU_CLOCK_SECONDS = 0.01
"""Resolution of the CPU time of a process."""
THROUGHPUT, CPU = "requests/s", "CPU per request, ms"
PERCENTILES = ("p50, ms", "p95, ms", "p99, ms")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    address: Address
    process: psutil.Process
    startup_seconds: float
    """Time from the start of the process to its first response."""

    @property
    def resident_megabytes(self) -> float:
        """Resident memory of the process and its children."""
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
        """Return a decoded JSON response."""
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
    """Send a request over a connection; see `Server.fetch`."""
    connection.request(request.method, request.path, request.body or None, dict(request.headers))
    response = connection.getresponse()
    body = response.read()
    if response.status != request.status:
        text = body[:300].decode("utf-8", "replace")
        raise FilmotecaError(f"{request.path}: expected status {request.status}, got {response.status}: {text}")
    return response.headers, body


def run_filmoteca(workers: int = 1) -> AbstractContextManager[Server]:
    """Serve the published warehouse."""
    return run_server("-m", "api", "--workers", str(workers), "--port", ready_path="/health/ready")


@contextmanager
def run_server(*arguments: str, ready_path: str, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run `python ARGUMENTS PORT` until the block ends; the block starts once `ready_path` responds with 200.

    Raises:
        FilmotecaError: The server stops or does not respond within a minute.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address: Address = probe.getsockname()
    command, started = [sys.executable, *arguments, str(address[1])], time.perf_counter()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=log, env={**os.environ, **(environment or {})}
        )
        try:
            while not _is_ready(address, ready_path):
                if process.poll() is not None or time.perf_counter() - started > START_TIMEOUT_SECONDS:
                    log.seek(0)
                    text = log.read()[-2000:].decode("utf-8", "replace")
                    raise FilmotecaError(f"{arguments[1]} does not respond on {ready_path}:\n{text}")
                time.sleep(0.01)
            yield Server(address, psutil.Process(process.pid), time.perf_counter() - started)
        finally:
            _stop(process)


def _is_ready(address: Address, path: str) -> bool:
    with closing(http.client.HTTPConnection(*address, timeout=5)) as connection:
        try:
            connection.request("GET", path)
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
