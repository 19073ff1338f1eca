"""Resource limits that a worker process sets on itself before it runs queries of users."""

import os
import resource
import sys
from math import ceil
from pathlib import Path

_SPARE_BYTES = 512 * 1024 * 1024
"""Address space beyond what is in use and DuckDB's own limit, in bytes: functions also allocate outside that limit."""
_OPEN_FILES = 32


def restrict_process(memory_mb: int) -> None:
    """Limit memory, forbid new processes, file writes and core dumps, and lower the priority.

    Call this when all files are open and all threads run: it cannot be undone.
    """
    os.nice(10)
    _set_limit(resource.RLIMIT_CORE, 0)
    _set_limit(resource.RLIMIT_FSIZE, 0)  # no file can be written
    _set_limit(resource.RLIMIT_NOFILE, _OPEN_FILES)
    _set_limit(resource.RLIMIT_NPROC, 0)  # root is exempt
    if sys.platform == "linux":  # other systems do not enforce the limit
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        _set_limit(resource.RLIMIT_AS, pages * resource.getpagesize() + memory_mb * 2**20 + _SPARE_BYTES)


def limit_cpu_seconds(seconds: float) -> None:
    """Have the kernel kill this process after that much more CPU time, in case the other limits fail."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _set_limit(kind: int, limit: int) -> None:
    resource.setrlimit(kind, (limit, limit))
