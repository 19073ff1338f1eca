"""Errors that users can fix, and how commands report them."""

import errno
import os
import signal
import sys
from collections.abc import Callable, Sequence


class FilmotecaError(Exception):
    """An error that a user can fix. The message says what is wrong, what is accepted and what to do."""


DISK_FULL = (
    "the disk is full: free some space (a build of the full data set needs about 1 GB) and run the same "
    "command again; the published warehouse is unchanged"
)
DISK_FULL_MARK = os.strerror(errno.ENOSPC)
"""Text that DuckDB, dbt and Python print when a write fails for lack of space."""


def find_disk_full(output: str) -> str | None:
    """Return the message for a full disk, with the first line of `output` that reports it, or None."""
    line = next((line.strip() for line in output.splitlines() if DISK_FULL_MARK in line), None)
    return f"{DISK_FULL} ({line})" if line else None


def describe_error(error: Exception) -> str:
    """Return an error as one sentence, without the notation of Python's OSError."""
    if not isinstance(error, OSError):
        return str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL
    return f"{error.strerror or error}{f' ({error.filename})' if error.filename else ''}"


def interrupt_on(*numbers: signal.Signals) -> None:
    """Raise KeyboardInterrupt on these signals, as Ctrl-C does."""
    for number in numbers:
        signal.signal(number, signal.default_int_handler)


def run_command(command: Callable[[Sequence[str]], int]) -> int:
    """Run the main function of a command with the process's arguments and return its exit code.

    A FilmotecaError or OSError is printed as one line on stderr (exit code 1); Ctrl-C returns 130.
    """
    try:
        return command(sys.argv[1:])
    except BrokenPipeError:
        # The reader (`head`, `less`) closed the pipe. Without stdout, Python does not try to flush it at exit.
        sys.stdout = None
        return 128 + signal.SIGPIPE
    except (FilmotecaError, OSError) as error:
        print(f"error: {describe_error(error)}", file=sys.stderr)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    return 1
