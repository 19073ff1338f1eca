"""Child processes whose output is read line by line, and which end when their parent does."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import FilmotecaError, find_disk_full

TERMINATE_SECONDS = 5.0
"""Time for a child to handle SIGTERM before it is killed."""
_PR_SET_PDEATHSIG = 1


class StepFailedError(FilmotecaError):
    """A child process of the build failed."""


@dataclass(frozen=True, slots=True)
class ProcessResult:
    """The outcome of a finished process. The exit code is negative if a signal ended the process."""

    exit_code: int
    seconds: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class RunningProcess:
    """A process that was started by `start_process`."""

    process: "subprocess.Popen[str]"
    started: float

    def finish(self, on_line: Callable[[str], None]) -> ProcessResult:
        """Call `on_line` with each line that the process prints to stdout or stderr until it ends."""
        for line in self.process.stdout or ():
            on_line(line.rstrip("\n"))
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        maxrss_unit = 1 if sys.platform == "darwin" else 1024
        return ProcessResult(self.process.returncode, time.monotonic() - self.started, usage.ru_maxrss * maxrss_unit)


@contextmanager
def start_process(
    command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], pass_fds: Sequence[int] = ()
) -> Iterator[RunningProcess]:
    """Start a command, which the `with` block finishes.

    The command gets a process group of its own. Any exception in the block, including KeyboardInterrupt, terminates the
    command before it propagates. In either case, the processes that it left behind in its group are killed.
    """
    started = time.monotonic()
    with subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **environment, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=pass_fds,
        process_group=0,
        preexec_fn=kill_with_parent(os.getpid()),  # noqa: PLW1509 (safe: no other thread runs yet)
    ) as process:
        try:
            yield RunningProcess(process, started)
        except BaseException:
            _terminate(process)
            raise
        finally:
            with suppress(ProcessLookupError, PermissionError):  # macOS reports the second for a group of zombies
                os.killpg(process.pid, signal.SIGKILL)


def run_process(
    command: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    pass_fds: Sequence[int] = (),
    on_line: Callable[[str], None],
) -> ProcessResult:
    """Run a command and call `on_line` with each line that it prints to stdout or stderr."""
    with start_process(command, cwd=cwd, environment=environment, pass_fds=pass_fds) as process:
        return process.finish(on_line)


def check_result(process: str, result: ProcessResult, get_reason: Callable[[], str]) -> None:
    """Raise StepFailedError with the reason if a process failed."""
    if result.exit_code == 0:
        return
    reason = get_reason()
    if disk_full := find_disk_full(reason):
        raise StepFailedError(disk_full)
    failure = f"was killed by signal {-result.exit_code}" if result.exit_code < 0 else "failed"
    raise StepFailedError(f"{process} {failure}; the published warehouse is unchanged:\n{reason}")


def _terminate(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    try:
        process.wait(TERMINATE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def kill_with_parent(parent: int) -> Callable[[], None] | None:
    """Return a `preexec_fn` that makes the kernel kill the child when its parent dies, even by SIGKILL.

    Only Linux supports this. Elsewhere, a child of a killed build runs to its end, and the lock that it inherits
    keeps other builds out.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def set_death_signal() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return set_death_signal
