"""`python -m api.sandbox.worker SOCKET FILE MEMORY_MB SECONDS`: the process that runs queries.

SOCKET and FILE are inherited file descriptors. The worker runs one query at a time and exits as soon as the other end
of the socket closes, even in the middle of a query.
"""

import os
import resource
import select
import sys
import threading
from collections.abc import Sequence
from math import ceil
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from api.sandbox.engine import QueryEngine
from api.sandbox.protocol import Answer, QueryError, QueryRequest

_BLOCKED_PACKAGES = ("numpy", "pandas", "polars")
"""DuckDB would import these, if installed, to bind its first parameter: 0.3 s and 90 MB that no query needs."""
_SPARE_BYTES = 512 * 1024 * 1024
"""Address space beyond what is in use and DuckDB's own limit, in bytes: functions also allocate outside that limit."""
_OPEN_FILES = 32


def main(arguments: Sequence[str]) -> None:
    """Open the warehouse, restrict the process and run queries."""
    socket, file, memory_mb, seconds = map(int, arguments)
    for package in _BLOCKED_PACKAGES:
        sys.modules[package] = None  # type: ignore[assignment] # importing it fails
    connection: Connection = Connection(socket)
    engine = QueryEngine(f"/dev/fd/{file}", memory_mb)
    threading.Thread(target=_exit_when_closed, args=(socket,), daemon=True).start()
    restrict_process(memory_mb)
    connection.send_bytes(b"ready")
    while True:
        request = msgspec.json.decode(connection.recv_bytes(), type=QueryRequest)
        limit_cpu_seconds(seconds)
        try:
            answer: Answer = engine.run(request)
        except QueryError as error:
            answer = error.reason, error.detail
        connection.send_bytes(msgspec.msgpack.encode(answer))


def _exit_when_closed(socket: int) -> None:
    poll = select.poll()
    poll.register(socket, 0)  # no event but the end of the connection, which is always reported
    poll.poll()
    os._exit(0)


def restrict_process(memory_mb: int) -> None:
    """Limit memory, forbid new processes, file writes and core dumps, and lower the priority.

    Call this when all files are open and all threads run: it cannot be undone.
    """
    os.nice(10)
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,  # no file can be written
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_NPROC: 0,  # root is exempt
    }
    if sys.platform == "linux":  # other systems do not enforce the limit
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        limits[resource.RLIMIT_AS] = pages * resource.getpagesize() + memory_mb * 2**20 + _SPARE_BYTES
    for kind, limit in limits.items():
        resource.setrlimit(kind, (limit, limit))


def limit_cpu_seconds(seconds: float) -> None:
    """Have the kernel kill this process after that much more CPU time, in case the other limits fail."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = ceil(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


if __name__ == "__main__":
    main(sys.argv[1:])
