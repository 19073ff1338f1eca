"""A lock that allows one build at a time and is released when the processes that hold it end."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from warehouse.errors import FilmotecaError

ORPHAN_WAIT_SECONDS = 5.0
"""How long to wait for child processes of a killed build."""


class BuildRunningError(FilmotecaError):
    """Another build holds the lock."""


@contextmanager
def exclusive_lock(path: Path) -> Iterator[int]:
    """Hold the lock and yield its file descriptor, to be inherited by child processes.

    A child that outlives a killed build still holds the lock, so two builds never write at the same time.

    Raises:
        BuildRunningError: Another build holds the lock. If that build was killed, its child processes get a few
            seconds to end first.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(descriptor)
        try:
            since = datetime.now().astimezone().isoformat(" ", "seconds")
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()} {since}".encode(), 0)
            yield descriptor
        finally:
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _acquire(descriptor: int) -> None:
    deadline = time.monotonic() + ORPHAN_WAIT_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            pid, _, since = os.pread(descriptor, 100, 0).decode().partition(" ")
            was_killed = pid.isdigit() and not _is_running(int(pid))
            if not was_killed or time.monotonic() > deadline:
                holder = f"process {pid}, since {since}" if pid else "just started"
                note = "; it was killed, but one of its child processes is still running" if was_killed else ""
                raise BuildRunningError(
                    f"another build or `make data` is running ({holder}{note}); try again when it has finished"
                ) from None
            time.sleep(0.05)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # a process of another user
        return True
    return True
