"""A real server process for tests: `python -m api` on a free port."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx

READY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    process: "subprocess.Popen[bytes]"
    words: IO[str]
    """What it writes; a file and no pipe, which would be full once nobody reads what ten thousand requests are told."""

    @property
    def told(self) -> str:
        """All that it has written so far."""
        self.words.seek(0)
        return self.words.read()

    @property
    def last_told(self) -> str:
        """All that it has written, once it has ended."""
        self.process.wait(timeout=10)
        return self.told

    @property
    def origin(self) -> str:
        return f"http://{self.host}:{self.port}"


@contextmanager
def started(
    warehouse: Path, *options: str, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """A server over the warehouse, ready to answer; interrupted, as Ctrl-C does it, at the end.

    It runs in the folder, and with what the environment adds.
    """
    port = free_port()
    with tempfile.TemporaryFile("a+", encoding="utf-8") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "api", "--port", str(port), *options],
            cwd=folder,
            env={**os.environ, **(environment or {}), "FILMOTECA_WAREHOUSE": str(warehouse)},
            stdout=words,
            stderr=subprocess.STDOUT,
        )
        server = Server("127.0.0.1", port, process, words)
        try:
            wait_until_ready(server)
            yield server
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            process.wait(timeout=10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until_ready(server: Server, seconds: float = READY_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            if httpx.get(f"{server.origin}/health/ready", timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"the server was not ready after {seconds:g} s")
