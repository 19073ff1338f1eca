"""A worker process, as the service sees it."""

import logging
import subprocess
import sys
from math import ceil
from multiprocessing.connection import Pipe

import msgspec

from api.sandbox.options import SandboxOptions
from api.sandbox.protocol import (
    GRACE_SECONDS,
    INTERRUPT,
    FailureReason,
    QueryError,
    QueryFailure,
    QueryResult,
    WorkerMessage,
    WorkerReady,
)
from warehouse.connection import WarehouseUnavailableError
from warehouse.settings import REPOSITORY_ROOT

START_SECONDS = 20.0
"""Maximum time for a worker to start, in seconds."""

logger = logging.getLogger("filmoteca.api.sandbox")


class WarehouseReplacedError(WarehouseUnavailableError):
    """The file is another build than the expected one."""


class WorkerProcess:
    """A process that runs one query at a time. Starting it does not wait until it is ready."""

    def __init__(self, file: int, options: SandboxOptions) -> None:
        """Start the process. `file` is a file descriptor of the warehouse, which the process inherits."""
        self._seconds = options.seconds
        self._connection, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-m", "api.sandbox.worker"]
                + [str(number) for number in (theirs.fileno(), file, options.memory_mb, ceil(options.seconds))],
                cwd=REPOSITORY_ROOT,
                env={},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(), file),
            )
        self._is_ready = False

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def wait_until_ready(self, build_id: str) -> None:
        """Wait until the process has opened the warehouse.

        Raises:
            WarehouseUnavailableError: The process did not start.
            WarehouseReplacedError: It opened another build.
        """
        if self._is_ready:
            return
        try:
            message = self._receive() if self._connection.poll(START_SECONDS) else None
        except (EOFError, OSError):
            message = None
        if not isinstance(message, WorkerReady):
            raise WarehouseUnavailableError("a worker process for ad-hoc SQL did not start; see the log")
        if message.build_id != build_id:
            raise WarehouseReplacedError(f"the warehouse is build {message.build_id}, no longer {build_id}")
        self._is_ready = True

    def run(self, request: bytes) -> QueryResult | QueryFailure:
        """Send a request and return the answer. Raises QueryError if the process must not be used again."""
        try:
            self._connection.send_bytes(request)
            if not self._connection.poll(self._seconds):
                self._connection.send_bytes(INTERRUPT)
                if not self._connection.poll(GRACE_SECONDS):
                    raise QueryError(FailureReason.TIME_LIMIT, self._time_limit_message())
            message = self._receive()
        except (EOFError, OSError):
            logger.warning("a query crashed its worker process (exit code %s)", self._process.wait())
            detail = "The query crashed the process that ran it; process less data at a time."
            raise QueryError(FailureReason.CRASHED, detail) from None
        if isinstance(message, WorkerReady):
            raise TypeError("a worker process sent WorkerReady twice")
        if isinstance(message, QueryFailure) and message.reason is FailureReason.TIME_LIMIT:
            return QueryFailure(message.reason, self._time_limit_message())
        if isinstance(message, QueryFailure) and message.reason in (FailureReason.CRASHED, FailureReason.MEMORY_LIMIT):
            raise QueryError(message.reason, message.detail)  # the process may be damaged, or too large
        return message

    def kill(self) -> None:
        """Kill the process, even in the middle of a query."""
        self._connection.close()
        self._process.kill()
        self._process.wait()

    def _receive(self) -> WorkerMessage:
        message: WorkerMessage = msgspec.msgpack.decode(self._connection.recv_bytes(), type=WorkerMessage)
        return message

    def _time_limit_message(self) -> str:
        return f"The query exceeded its time limit of {self._seconds:g} s; process less data at a time."
