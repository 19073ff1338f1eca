"""A real server process for tests: `python -m api` on a free port."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx
import psutil

from tests.waiting import wait_for

READY_SECONDS = 60
"""Maximum time for a server to start."""
STOP_SECONDS = 30
"""Maximum time for a server to stop."""


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    process: "subprocess.Popen[bytes]"
    log_file: IO[str]
    """Standard output and error. A file, because a pipe that nobody reads fills up."""

    @property
    def output(self) -> str:
        self.log_file.seek(0)
        return self.log_file.read()

    def stop(self) -> str:
        """Interrupt the server like Ctrl-C, wait until it has stopped and return its output."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=STOP_SECONDS)
        return self.output

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"


@contextmanager
def run_server(
    warehouse: Path,
    *options: str,
    module: str = "api",
    ready_path: str = "/health/ready",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run a server on the warehouse in `folder`, yield it once it is ready, and stop it."""
    port = free_port()
    with tempfile.TemporaryFile("a+", encoding="utf-8") as log_file:
        process = subprocess.Popen(
            [sys.executable, "-m", module, "--port", str(port), *options],
            cwd=folder,
            env={**os.environ, **(environment or {}), "FILMOTECA_WAREHOUSE": str(warehouse)},
            stdout=log_file,
            stderr=subprocess.STDOUT,
        )
        server = Server("127.0.0.1", port, process, log_file)
        try:
            wait_until_ready(server, ready_path)
            yield server
        finally:
            server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until_ready(server: Server, path: str = "/health/ready") -> None:
    def is_ready() -> bool:
        assert server.process.poll() is None, server.output
        try:
            return httpx.get(f"{server.origin}{path}", timeout=5).is_success
        except httpx.TransportError:
            return False

    wait_for(is_ready, seconds=READY_SECONDS)


def wait_until_busy(pid: int, seconds: float = 0.3) -> None:
    """Wait until a process and its children have used more CPU time, as they do for a slow query."""
    start = cpu_seconds(pid)
    wait_for(lambda: cpu_seconds(pid) > start + seconds)


def cpu_seconds(pid: int) -> float:
    main = psutil.Process(pid)
    return sum(process.cpu_times().user for process in (main, *main.children(recursive=True)))


def send(server: Server, request: bytes) -> tuple[int, str, bytes]:
    with closing(socket.create_connection((server.host, server.port), timeout=10)) as connection:
        connection.sendall(request)
        with connection.makefile("rb") as stream:
            head, _, body = stream.read().partition(b"\r\n\r\n")
    headers = dict(line.split(b": ", 1) for line in head.lower().splitlines()[1:])
    return int(head.split()[1]), headers.get(b"content-type", b"").decode(), body


def request(line: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    lengths = [b"Content-Length: %d" % len(body)] if body else []
    return b"\r\n".join([line + b" HTTP/1.1", b"Host: localhost", b"Connection: close", *headers, *lengths, b"", body])
