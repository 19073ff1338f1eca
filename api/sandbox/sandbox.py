"""Runs ad-hoc SQL in worker processes, so that no query can crash or exhaust the service."""

import logging
import os
import subprocess
import sys
import threading
from collections import deque
from contextlib import suppress
from math import ceil
from multiprocessing.connection import Pipe
from pathlib import Path

import msgspec
from anyio import CapacityLimiter, to_thread

from api.sandbox.protocol import Answer, FailureReason, QueryError, QueryRequest, QueryResult, SandboxOptions
from warehouse.connection import WarehouseUnavailableError
from warehouse.settings import REPOSITORY_ROOT

START_SECONDS = 20.0
"""Maximum time for a worker to start, in seconds."""
WAIT_SECONDS = 1.0
"""Maximum time that a query waits for a free worker, in seconds."""
QUEUE_FACTOR = 16
"""Number of threads for each query that can run at the same time; most of them wait for a worker."""

logger = logging.getLogger("filmoteca.api.sandbox")


class Worker:
    """A process that runs one query at a time. Starting it does not wait until it is ready."""

    def __init__(self, file: int, options: SandboxOptions) -> None:
        """Start the process. `file` is a file descriptor of the warehouse, which the process inherits."""
        self._seconds = options.seconds
        self._is_ready = False
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

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def run(self, request: bytes) -> QueryResult:
        """Run a query. Kills the process if it exceeds a limit or crashes.

        Raises QueryError if the query has no result, and WarehouseUnavailableError if the process did not start.
        """
        try:
            self._wait_until_ready()
            self._connection.send_bytes(request)
            if self._connection.poll(self._seconds):
                answer = msgspec.msgpack.decode(self._connection.recv_bytes(), type=Answer)
            else:
                detail = f"The query exceeded its time limit of {self._seconds:g} s; process less data at a time."
                answer = FailureReason.TIME_LIMIT, detail
        except (EOFError, OSError):
            logger.warning("a query crashed its worker process (exit code %s)", self._process.wait())
            detail = "The query crashed the process that ran it; process less data at a time."
            answer = FailureReason.CRASHED, detail
        except BaseException:
            self.kill()  # it may still send the answer to this query
            raise
        if isinstance(answer, QueryResult):
            return answer
        if answer[0] in (FailureReason.TIME_LIMIT, FailureReason.MEMORY_LIMIT, FailureReason.CRASHED):
            self.kill()  # the process is busy, too large or damaged
        raise QueryError(*answer)

    def kill(self) -> None:
        """Kill the process, even in the middle of a query."""
        self._connection.close()
        self._process.kill()
        self._process.wait()

    def _wait_until_ready(self) -> None:
        with suppress(EOFError, OSError):
            if not self._is_ready and self._connection.poll(START_SECONDS):
                self._is_ready = bool(self._connection.recv_bytes())
        if not self._is_ready:
            raise WarehouseUnavailableError("a worker process for ad-hoc SQL did not start; see the log")


class Sandbox:
    """Runs queries on one build of the warehouse; safe to use from several threads.

    The file is opened at once and passed to each process, so that queries read this build even after another one is
    published under the same name. The processes are started on demand.
    """

    def __init__(self, database: Path, options: SandboxOptions) -> None:
        self._options = options
        self._file = os.open(database, os.O_RDONLY)
        self._threads = CapacityLimiter(QUEUE_FACTOR * options.concurrency)
        self._free = threading.BoundedSemaphore(options.concurrency)
        self._idle: deque[Worker] = deque()

    def run(self, request: QueryRequest) -> QueryResult:
        """Run a query.

        Raises QueryError if the query has no result, and WarehouseUnavailableError if no worker can be started.
        """
        if not self._options.is_on:
            detail = "Ad-hoc SQL is turned off on this service; FILMOTECA_SQL=on in its environment turns it on."
            raise QueryError(FailureReason.OFF, detail)
        try:
            row_limit = request.row_limit or self._options.rows
            message = msgspec.json.encode(msgspec.structs.replace(request, row_limit=row_limit))
        except UnicodeEncodeError:
            detail = "The query or a parameter contains characters that UTF-8 cannot encode; remove them."
            raise QueryError(FailureReason.SYNTAX, detail) from None
        if not self._free.acquire(timeout=WAIT_SECONDS):
            raise self._busy_error()
        try:
            worker = self._take_worker()
            try:
                return worker.run(message)
            finally:
                if worker.is_alive:
                    self._idle.append(worker)
                else:  # started now, a new one is ready for a later query; workers that already run are used first
                    self._idle.appendleft(Worker(self._file, self._options))
        finally:
            self._free.release()

    async def run_in_thread(self, request: QueryRequest) -> QueryResult:
        """Run a query in a thread of the sandbox, so that waiting queries do not occupy the service's threads."""
        if self._threads.available_tokens < 1:
            raise self._busy_error()
        return await to_thread.run_sync(self.run, request, limiter=self._threads)

    def close(self) -> None:
        """Kill the worker processes, when no query runs."""
        while self._idle:
            self._idle.pop().kill()
        os.close(self._file)

    def _take_worker(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            worker.kill()
        return Worker(self._file, self._options)

    def _busy_error(self) -> QueryError:
        detail = f"Too many queries are running (the limit is {self._options.concurrency}); try again soon."
        return QueryError(FailureReason.BUSY, detail)
