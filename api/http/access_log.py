"""Access log: one line per response."""

import logging
from collections.abc import Callable
from typing import NamedTuple

from litestar.types import Scope

NO_OPERATION = "none"
"""The operation of a response that no route produced."""

logger = logging.getLogger("filmoteca.access")


class ResponseRecord(NamedTuple):
    """A response that was sent."""

    operation: str
    """The operation id, or the path pattern of a route outside of the OpenAPI document."""
    method: str
    status: int
    """0 if nothing was sent."""
    seconds: float
    """Time from the request's headers to the end of the response."""
    is_cached: bool


OnResponse = Callable[[ResponseRecord], object]
"""Called after each response."""


def operation_name(scope: Scope) -> str:
    """Return the operation id of the route that Litestar chose, or its path pattern if it has no documented id."""
    if (handler := scope.get("route_handler")) is None:
        return NO_OPERATION
    is_documented = getattr(handler, "resolve_include_in_schema", bool)()
    return str(handler.handler_name if is_documented else scope.get("path_template", NO_OPERATION))


def log_response(record: ResponseRecord) -> None:
    """Write a response to the access log."""
    fields = {**record._asdict(), "milliseconds": round(record.seconds * 1000, 3)}
    logger.info("%(method)s %(operation)s %(status)s in %(milliseconds)s ms", fields, extra=fields)
