"""Starts another command, passes its lines on, and makes sure that it ends when we do."""

import ctypes
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

END_SECONDS = 5.0
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended. Its exit code is negative when a signal ended it."""

    exit_code: int
    seconds: float
    peak_bytes: int


def run(
    command: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    inherited: Sequence[int] = (),
    on_line: Callable[[str], None],
) -> Ended:
    """Runs a command to its end; every line it prints (stdout and stderr) goes to `on_line` at once.

    Whatever interrupts us (Ctrl-C, a signal, an error in `on_line`) ends the command first.
    """
    begun = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=inherited,
        preexec_fn=dies_with(os.getpid()),  # noqa: PLW1509 (safe here: no other thread runs yet)
    )
    try:
        with process.stdout or io.StringIO() as output:
            for line in output:
                on_line(line.rstrip("\n"))
        _, status, usage = os.wait4(process.pid, 0)
    except BaseException:
        _end(process)
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    kilobyte = 1 if sys.platform == "darwin" else 1024
    return Ended(process.returncode, time.monotonic() - begun, usage.ru_maxrss * kilobyte)


def _end(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def dies_with(parent: int) -> Callable[[], None] | None:
    """On Linux the kernel kills the child as soon as its parent is gone, even by kill -9.

    Elsewhere a child of a killed build runs to its end, and the lock it inherits keeps the next build out.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def tie() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return tie
