"""A pool of worker processes."""

import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.sandbox.options import SandboxOptions
from api.sandbox.protocol import FailureReason, QueryError
from api.sandbox.worker_process import WorkerProcess

WAIT_SECONDS = 1.0
"""Maximum time that a query waits for a free worker, in seconds."""


class WorkerPool:
    """Worker processes for one build of the warehouse; safe to use from several threads.

    The file is opened at once and passed to each process, so that queries read this build even after another one is
    published under the same name. The processes are started on demand.
    """

    def __init__(self, database: Path, build_id: str, options: SandboxOptions) -> None:
        self._build_id = build_id
        self._options = options
        self._file = os.open(database, os.O_RDONLY)
        self._free = threading.BoundedSemaphore(options.concurrency)
        self._idle: deque[WorkerProcess] = deque()
        self._is_closed = False

    @contextmanager
    def acquire(self) -> Iterator[WorkerProcess]:
        """Yield an idle worker, or a new one. A worker whose query failed is killed and replaced.

        Raises QueryError if no worker is free in time, and WarehouseUnavailableError if none can be started.
        """
        if not self._free.acquire(timeout=WAIT_SECONDS):
            raise self.busy_error()
        try:
            worker = self._pop_idle() or self._start()
            try:
                worker.wait_until_ready(self._build_id)
                yield worker
            except QueryError:
                worker.kill()
                if not self._is_closed:
                    # Started now, it is ready for a later query; workers that are already running are used first.
                    self._idle.appendleft(self._start())
                raise
            except BaseException:
                worker.kill()
                raise
            self._idle.append(worker)
        finally:
            if self._is_closed:
                self.close()
            self._free.release()

    def busy_error(self) -> QueryError:
        """Return the error for a query that arrives while all workers are busy."""
        detail = f"Too many queries are running (the limit is {self._options.concurrency}); try again soon."
        return QueryError(FailureReason.BUSY, detail)

    def close(self) -> None:
        """Kill the idle workers and close the file. Workers in use are killed when they are released."""
        self._is_closed = True
        while self._idle:
            self._idle.pop().kill()
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _start(self) -> WorkerProcess:
        return WorkerProcess(self._file, self._options)

    def _pop_idle(self) -> WorkerProcess | None:
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            worker.kill()
        return None
