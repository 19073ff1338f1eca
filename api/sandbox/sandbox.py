"""Runs queries in processes of their own: what a query breaks or exhausts is nobody else's."""

import logging
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import Any

import msgspec
from anyio import CapacityLimiter, to_thread

from api.sandbox.protocol import (
    GRACE_SECONDS,
    INTERRUPT,
    Form,
    NoAnswer,
    QueryError,
    Question,
    Ready,
    Reason,
    Reply,
    SqlResult,
)
from api.sandbox.settings import SWITCH, SqlSettings
from warehouse.connection import WarehouseUnavailableError
from warehouse.settings import REPOSITORY_ROOT

START_SECONDS = 20.0
WAIT_SECONDS = 1.0
"""How long a query waits for another to end before it is told to come back."""

QUEUE_FACTOR = 16
"""Threads that ask queries, for each query that may run; most of them wait."""

logger = logging.getLogger("filmoteca.api.sandbox")


class WarehouseReplacedError(WarehouseUnavailableError):
    """The file is another build than the one that was to be asked."""


class Sandbox:
    """Answers queries about one build of the warehouse; safe to call from several threads.

    The file is opened at once and handed to each process, so that queries see this build even when another was
    published under its name since. The processes themselves are started when they are first needed.
    """

    def __init__(self, database: Path, build_id: str, settings: SqlSettings) -> None:
        self._build_id = build_id
        self._settings = settings
        self._file = os.open(database, os.O_RDONLY)
        self._free = threading.BoundedSemaphore(settings.concurrency)
        self._idle: deque[_Runner] = deque()
        self._is_closed = False
        self._threads = CapacityLimiter(QUEUE_FACTOR * settings.concurrency)

    def run(
        self, query: str, parameters: dict[str, Any] | None = None, row_limit: int | None = None, form: Form = "json"
    ) -> SqlResult:
        """Answer a query with at most `row_limit` rows (the settings say how many if it does not).

        Raises QueryError when there is no answer; its detail says why. Raises WarehouseReplacedError when the
        file is not the expected build.
        """
        if not self._settings.is_on:
            raise QueryError(
                Reason.OFF, f"Ad-hoc SQL is off on this service; {SWITCH}=on in its environment turns it on."
            )
        question = Question(query, parameters or {}, row_limit or self._settings.rows, form)
        try:
            frame = msgspec.json.encode(question)
        except UnicodeEncodeError:
            raise QueryError(
                Reason.SYNTAX, "The query or a parameter is no text: it cannot be written as UTF-8."
            ) from None
        with self._runner() as runner:
            reply = runner.ask(frame)
        if isinstance(reply, NoAnswer):
            raise QueryError(reply.reason, reply.detail)
        return reply

    async def answer(
        self, query: str, parameters: dict[str, Any] | None = None, row_limit: int | None = None, form: Form = "json"
    ) -> SqlResult:
        """Do the same as `run`, in threads of its own: queries that wait leave the service's threads alone."""
        if self._threads.available_tokens < 1:
            raise self._busy()
        return await to_thread.run_sync(self.run, query, parameters, row_limit, form, limiter=self._threads)

    def close(self) -> None:
        """End all processes."""
        self._is_closed = True
        while self._idle:
            self._idle.pop().end()
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    @contextmanager
    def _runner(self) -> Iterator["_Runner"]:
        """Lend an idle process, or a new one; one that did not end its work well is not lent again."""
        if not self._free.acquire(timeout=WAIT_SECONDS):
            raise self._busy()
        try:
            runner = self._living() or self._started()
            try:
                runner.wait_until_ready(self._build_id)
                yield runner
            except QueryError:
                runner.end()
                if not self._is_closed:
                    # The next query finds it ready, or almost; what is ready already is lent first.
                    self._idle.appendleft(self._started())
                raise
            except BaseException:
                runner.end()
                raise
            self._idle.append(runner)
        finally:
            if self._is_closed:
                self.close()
            self._free.release()

    def _started(self) -> "_Runner":
        return _Runner(self._file, self._settings)

    def _busy(self) -> QueryError:
        most = self._settings.concurrency
        return QueryError(Reason.BUSY, f"Other queries are running, and at most {most} may at a time; try again soon.")

    def _living(self) -> "_Runner | None":
        while self._idle:
            runner = self._idle.pop()
            if runner.is_alive:
                return runner
            runner.end()
        return None


class _Runner:
    """One process that runs queries, one at a time; it can be asked when it is ready."""

    def __init__(self, file: int, settings: SqlSettings) -> None:
        self._seconds = settings.seconds
        self._connection, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-X", "utf8", "-m", "api.sandbox.worker"]
                + [str(number) for number in (theirs.fileno(), file, settings.memory_mb, ceil(settings.seconds))],
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
        """Wait until the process can answer about that build, if it has not said so before.

        Raises WarehouseUnavailableError when it did not start, or has another build.
        """
        if self._is_ready:
            return
        try:
            reply = self._receive() if self._connection.poll(START_SECONDS) else None
        except (EOFError, OSError):
            reply = None
        if not isinstance(reply, Ready):
            raise WarehouseUnavailableError("the process that answers ad-hoc SQL did not start; the log says why")
        if reply.build_id != build_id:
            raise WarehouseReplacedError(f"the warehouse is build {reply.build_id}, no longer {build_id}")
        self._is_ready = True

    def ask(self, frame: bytes) -> SqlResult | NoAnswer:
        """Send a question and return the reply. Raises QueryError if the process cannot be asked again."""
        try:
            self._connection.send_bytes(frame)
            if not self._connection.poll(self._seconds):
                self._connection.send_bytes(INTERRUPT)
                if not self._connection.poll(GRACE_SECONDS):
                    raise QueryError(Reason.TIME_LIMIT, self._too_long())
            reply = self._receive()
        except (EOFError, OSError):
            logger.warning("a query ended its process (exit code %s)", self._process.wait())
            raise QueryError(
                Reason.CRASHED, "The query ended the process that ran it; right is less data at a time."
            ) from None
        if isinstance(reply, Ready):
            raise TypeError("a process says once that it is ready")
        if isinstance(reply, NoAnswer) and reply.reason is Reason.TIME_LIMIT:
            return NoAnswer(reply.reason, self._too_long())
        if isinstance(reply, NoAnswer) and reply.reason in (Reason.CRASHED, Reason.MEMORY_LIMIT):
            raise QueryError(reply.reason, reply.detail)  # it may be damaged, or too large
        return reply

    def end(self) -> None:
        """Kill the process, whatever it does."""
        self._connection.close()
        self._process.kill()
        self._process.wait()

    def _receive(self) -> Reply:
        reply: Reply = msgspec.msgpack.decode(self._connection.recv_bytes(), type=Reply)
        return reply

    def _too_long(self) -> str:
        return f"The query took longer than {self._seconds:g} s, the time it may take; right is less data at a time."
