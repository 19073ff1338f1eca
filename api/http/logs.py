"""What a log line says of the request that it belongs to, and a line for each request where that is wanted."""

import logging
import re
from contextvars import ContextVar
from random import getrandbits
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
    return given if given and _ACCEPTED.fullmatch(given) else b"%016x" % getrandbits(64)


class Answer(NamedTuple):
    """What is told of an answer."""

    operation: str
    """Its id in the OpenAPI document, or the pattern of a page's path."""
    method: str
    status: int
    seconds: float
    """From the request's head to the end of the answer."""
    is_kept: bool
    """Whether it was made before."""


def note(identity: Identity, answer: Answer) -> None:
    """Log an answer."""
    operation, method, status, seconds, is_kept = answer
    said = {"operation": operation, "method": method, "status": status, "milliseconds": round(seconds * 1000, 3)}
    extra = {**said, "is_kept": is_kept, **identity._asdict()}
    access.info("%(method)s %(operation)s %(status)s in %(milliseconds)s ms", said, extra=extra)


class OfRequest(logging.Filter):
    """Adds request_id and build_id to a record that belongs to a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        if identity := current.get():
            record.request_id, record.build_id = identity
        return True
