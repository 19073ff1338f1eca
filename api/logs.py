"""What a log line says of the request that it belongs to, and a line for each request where that is wanted."""

import logging
import os
import re
from contextvars import ContextVar
from typing import NamedTuple

REQUEST_ID = "request_id"
"""The key of a request's state under which its id is kept."""
_ACCEPTED = re.compile(rb"[0-9A-Za-z._:@/+=-]{1,128}")

access = logging.getLogger("filmoteca.access")


class Identity(NamedTuple):
    """Which request it is, and which build answers it."""

    request_id: str
    build_id: str


current: ContextVar[Identity | None] = ContextVar("current", default=None)
"""The request that is being answered; threads that answer it see it, too."""


def request_id_of(given: bytes | None) -> bytes:
    """The id that whoever asks, or a proxy, gave the request; a random one if that is none or no plain word."""
    return given if given and _ACCEPTED.fullmatch(given) else os.urandom(8).hex().encode()


def note(operation: str, method: str, status: int, seconds: float, is_kept: bool) -> None:
    """Log an answer (one of the edge's `told`)."""
    said = {"operation": operation, "method": method, "status": status, "milliseconds": round(seconds * 1000, 3)}
    access.info("%(method)s %(operation)s %(status)s in %(milliseconds)s ms", said, extra={**said, "is_kept": is_kept})


class OfRequest(logging.Filter):
    """Adds request_id and build_id to a record that belongs to a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        if identity := current.get():
            record.request_id, record.build_id = identity
        return True
