"""`python -m api.sandbox.worker SOCKET FILE MEMORY_MB SECONDS`: the process that runs queries.

SOCKET and FILE are inherited file descriptors. The worker runs one query at a time and exits as soon as the other end
of the socket closes, even in the middle of a query.
"""

import os
import sys
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from queue import SimpleQueue

import msgspec

from api.sandbox.engine import QueryEngine
from api.sandbox.protocol import (
    GRACE_SECONDS,
    INTERRUPT,
    QueryError,
    QueryFailure,
    QueryRequest,
    WorkerMessage,
    WorkerReady,
)
from api.sandbox.resource_limits import limit_cpu_seconds, restrict_process

_BLOCKED_PACKAGES = ("numpy", "pandas", "polars")
"""DuckDB would import these, if installed, to bind its first parameter: 0.3 s and 90 MB that no query needs."""


def main(arguments: Sequence[str]) -> None:
    """Open the warehouse, restrict the process and run queries."""
    socket, file, memory_mb, seconds = map(int, arguments)
    for package in _BLOCKED_PACKAGES:
        sys.modules[package] = None  # type: ignore[assignment] # importing it fails
    connection: Connection = Connection(socket)
    engine = QueryEngine(f"/dev/fd/{file}", memory_mb)
    requests: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive_frames, args=(connection, engine, requests), daemon=True).start()
    restrict_process(memory_mb)
    _send(connection, WorkerReady(engine.build_id()))
    while True:
        request = msgspec.json.decode(requests.get(), type=QueryRequest)
        limit_cpu_seconds(seconds + GRACE_SECONDS)
        _send(connection, _run(engine, request))


def _receive_frames(connection: Connection, engine: QueryEngine, requests: "SimpleQueue[bytes]") -> None:
    """Queue requests and interrupt the running query, until the connection closes."""
    while True:
        try:
            frame = connection.recv_bytes()
        except (EOFError, OSError):
            os._exit(0)
        if frame == INTERRUPT:
            engine.interrupt()
        else:
            requests.put(frame)


def _run(engine: QueryEngine, request: QueryRequest) -> WorkerMessage:
    try:
        return engine.run(request)
    except QueryError as error:
        return QueryFailure(error.reason, error.detail)


def _send(connection: Connection, message: WorkerMessage) -> None:
    connection.send_bytes(msgspec.msgpack.encode(message))


if __name__ == "__main__":
    main(sys.argv[1:])
