"""Litestar hooks and dependencies that read the context of a request."""

from http import HTTPStatus
from typing import Any

from litestar import Request, Response
from litestar.datastructures import State

from api.http.bodiless_responses import etag_matches
from api.http.context import request_context

AnyRequest = Request[Any, Any, State]


def get_parameters() -> Any:
    """Return the parameters of the current request (a dependency)."""
    return request_context.get().parameters


async def check_not_modified(request: AnyRequest) -> Response[None] | None:
    """Return a 304 if the client has the response of the current snapshot (a `before_request` hook).

    For operations whose successful responses depend on the snapshot alone. There is no query, so a client that sends
    the ETag for a path without a successful response gets a 304, too. `*` names no ETag.
    """
    context = request_context.get()
    condition = context.headers.get(b"if-none-match", b"*")
    is_current = condition.strip() != b"*" and etag_matches(condition, context.snapshot.etag)
    return Response(None, status_code=HTTPStatus.NOT_MODIFIED) if is_current and request.method == "GET" else None
