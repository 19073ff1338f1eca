"""`python -m api.sandbox.worker SOCKET FILE MEMORY_MB SECONDS`: the process that runs queries; `sandbox.py` starts it.

SOCKET and FILE are inherited file descriptors. It answers one question after the other until the other end of the
socket is gone; then it ends at once, whatever it is doing.
"""

import os
import sys
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from queue import SimpleQueue

import msgspec

from api.sandbox.engine import Engine
from api.sandbox.protocol import GRACE_SECONDS, INTERRUPT, NoAnswer, QueryError, Question, Ready, Reply
from api.sandbox.resource_limits import allow_cpu_seconds, give_up_rights

_SHUNNED = ("numpy", "pandas", "polars")
"""DuckDB imports what it finds of these to bind its first parameter: 0.3 s and 90 MB for nothing."""


def main(arguments: Sequence[str]) -> None:
    """Open the warehouse, give up all rights, answer."""
    socket, file, memory_mb, seconds = map(int, arguments)
    for package in _SHUNNED:
        sys.modules[package] = None  # type: ignore[assignment] # importing it fails
    connection: Connection = Connection(socket)
    engine = Engine(f"/dev/fd/{file}", memory_mb)
    questions: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(connection, engine, questions), daemon=True).start()
    give_up_rights(memory_mb)
    _send(connection, Ready(engine.build_id()))
    while True:
        question = msgspec.json.decode(questions.get(), type=Question)
        allow_cpu_seconds(seconds + GRACE_SECONDS)
        _send(connection, _answer(engine, question))


def _listen(connection: Connection, engine: Engine, questions: "SimpleQueue[bytes]") -> None:
    """Hand on questions and interrupts, also while a query runs."""
    while True:
        try:
            frame = connection.recv_bytes()
        except (EOFError, OSError):
            os._exit(0)
        if frame == INTERRUPT:
            engine.interrupt()
        else:
            questions.put(frame)


def _answer(engine: Engine, question: Question) -> Reply:
    try:
        return engine.answer(question)
    except QueryError as error:
        return NoAnswer(error.reason, error.detail)


def _send(connection: Connection, reply: Reply) -> None:
    connection.send_bytes(msgspec.msgpack.encode(reply))


if __name__ == "__main__":
    main(sys.argv[1:])
