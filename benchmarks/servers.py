"""Server processes to measure: started on a free port, waited for, stopped."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

import psutil

from benchmarks.load import Address, Figures, Request, run
from warehouse.errors import FilmotecaError

READY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    address: Address
    process: psutil.Process
    ready_seconds: float
    """From its start until its first answer."""

    @property
    def resident_megabytes(self) -> float:
        """Resident memory of all its processes."""
        return sum(float(process.memory_info().rss) for process in self._processes()) / 2**20

    def load(self, requests: Iterator[Request], *, clients: int, seconds: float) -> Figures:
        """What `run` measures, and the computing time of all its processes meanwhile."""
        before = self._cpu_seconds()
        figures = run(self.address, requests, clients=clients, seconds=seconds)
        figures.cpu_seconds = self._cpu_seconds() - before
        return figures

    def _cpu_seconds(self) -> float:
        times = [process.cpu_times() for process in self._processes()]
        return sum(float(time.user + time.system) for time in times)

    def _processes(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


@contextmanager
def product(workers: int = 1) -> Iterator[Server]:
    """Filmoteca over the published warehouse."""
    port = free_port()
    command = [sys.executable, "-m", "api", "--port", str(port), "--workers", str(workers)]
    with running(command, port, ready_path="/health/ready") as server:
        yield server


@contextmanager
def running(
    command: Sequence[str], port: int, ready_path: str, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run a server's command until the block ends; it is entered once `ready_path` answers 200.

    Raises FilmotecaError with the server's last words when it stops before that, or takes a minute.
    """
    start = time.perf_counter()
    address = ("127.0.0.1", port)
    with tempfile.TemporaryFile() as words:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=words, env={**os.environ, **(environment or {})}
        )
        try:
            while not _answers(address, ready_path):
                if process.poll() is not None or time.perf_counter() - start > READY_SECONDS:
                    raise FilmotecaError(f"{command[0]} does not serve {ready_path}:\n{_end_of(words)}")
                time.sleep(0.01)
            yield Server(address, psutil.Process(process.pid), time.perf_counter() - start)
        finally:
            _stop(process)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _answers(address: Address, path: str) -> bool:
    connection = http.client.HTTPConnection(*address, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _end_of(words: IO[bytes]) -> str:
    words.seek(0)
    return words.read()[-2000:].decode("utf-8", "replace")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
