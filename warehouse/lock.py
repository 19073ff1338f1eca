"""One build at a time: a lock that ends with the processes that hold it, however they end."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from warehouse.errors import FilmotecaError

ORPHANS_END_SECONDS = 5.0


class BuildRunningError(FilmotecaError):
    """Somebody else builds at this moment."""


@contextmanager
def exclusive_lock(path: Path) -> Iterator[int]:
    """Holds the lock and yields its file descriptor, which child processes inherit.

    A child that outlives a killed build thus keeps the lock: no two builds ever write side by side.
    Raises BuildRunningError at once when another build holds it; only when its holder is dead, and what
    holds it is a child on its way out, a few seconds are granted.
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
    deadline = time.monotonic() + ORPHANS_END_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            pid, _, since = os.pread(descriptor, 100, 0).decode().partition(" ")
            is_dead = pid.isdigit() and not _is_running(int(pid))
            if not is_dead or time.monotonic() > deadline:
                who = f"process {pid}, since {since}" if pid else "started a moment ago"
                rest = " (it was killed, but a process that it started still runs)" if is_dead else ""
                raise BuildRunningError(
                    f"another build or `make data` is running ({who}){rest}; try again when it has ended"
                ) from None
            time.sleep(0.05)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it lives, under another user
        return True
    return True
