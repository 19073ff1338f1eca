"""How a command of this project tells a person that something is wrong."""

import errno
import os
import signal
import sys
from collections.abc import Callable, Sequence


class FilmotecaError(Exception):
    """Something a person can mend; the message says what is wrong, where, and what would be right."""


DISK_FULL = (
    "the disk is full: free some space (a build of the full data set needs about 1 GB) and run the same "
    "command again; what was published before is untouched"
)
DISK_FULL_MARK = os.strerror(errno.ENOSPC)
"""What the messages of DuckDB, dbt and Python contain when a write found no space."""


def find_disk_full(output: str) -> str | None:
    """Returns the sentence for a full disk, with the line that told of it, if `output` does."""
    told = next((line.strip() for line in output.splitlines() if DISK_FULL_MARK in line), None)
    return f"{DISK_FULL} ({told})" if told else None


def describe_os_error(error: OSError) -> str:
    """Says in one sentence what the operating system refused, and where; a full disk gets its own."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL
    return f"{error.strerror or error}{_of(error)}"


def _of(error: OSError) -> str:
    return f" ({error.filename})" if error.filename else ""


def run_command(command: Callable[[Sequence[str]], int]) -> int:
    """Runs a command's body with the process's arguments; returns the exit code.

    Errors made for people become one line on stderr and code 1, Ctrl-C becomes code 130.
    """
    try:
        return command(sys.argv[1:])
    except FilmotecaError as error:
        print(f"error: {error}", file=sys.stderr)
    except BrokenPipeError:
        # The reader (`head`, `less`) closed the pipe: nothing more can be printed, not even at exit.
        sys.stdout = None
        return 128 + signal.SIGPIPE
    except OSError as error:
        print(f"error: {describe_os_error(error)}", file=sys.stderr)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    return 1
