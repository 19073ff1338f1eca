"""What a process takes from itself for good before it runs what strangers wrote."""

import os
import resource
import sys
from math import ceil
from pathlib import Path

_SPARE_BYTES = 512 * 1024 * 1024
"""Address space beyond what is in use and DuckDB's own limit: functions allocate outside that limit too."""
_FILES = 32


def give_up_rights(memory_mb: int) -> None:
    """Bound memory, forbid new processes, new files and core dumps, and let others go first.

    To be called when everything is open and every thread runs.
    """
    os.nice(10)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)  # no byte can be written to any file
    _limit(resource.RLIMIT_NOFILE, _FILES)
    _limit(resource.RLIMIT_NPROC, 0)  # root is exempt
    if sys.platform == "linux":  # elsewhere the bound is not kept, or not known
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + memory_mb * 2**20 + _SPARE_BYTES)


def allow_cpu_seconds(seconds: float) -> None:
    """Have the kernel end this process when it has worked that much longer: the backstop of all others."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _limit(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))
