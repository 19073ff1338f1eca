"""A real server process for tests: `python -m api.serve` on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

READY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    process: "subprocess.Popen[str]"

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
    process = subprocess.Popen(
        [sys.executable, "-m", "api.serve", "--port", str(port), *options],
        cwd=folder,
        env={**os.environ, **(environment or {}), "FILMOTECA_WAREHOUSE": str(warehouse)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    server = Server("127.0.0.1", port, process)
    try:
        wait_until_ready(server)
        yield server
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until_ready(server: Server) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            if httpx.get(f"{server.origin}/health/ready", timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"the server was not ready after {READY_SECONDS} s")
