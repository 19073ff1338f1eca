"""Litestar hooks and dependencies that read the context of a request."""

from http import HTTPStatus
from typing import Any

from litestar import Request, Response
from litestar.datastructures import State

from api.http.bodiless_responses import etag_matches
from api.http.context import RequestContext, request_context

AnyRequest = Request[Any, Any, State]


def get_context() -> RequestContext:
    """Return the context of the current request (a dependency)."""
    return request_context.get()


def get_parameters() -> Any:
    """Return the parameters of the current request (a dependency)."""
    return request_context.get().parameters


async def check_not_modified(request: AnyRequest) -> Response[None] | None:
    """Return a 304 if the client has the response of the current snapshot (a `before_request` hook).

    For operations whose successful responses depend on the snapshot and the URL alone. No query is needed: a client has
    the ETag of a URL only if it got a successful response from it. `*` names no ETag.
    """
    context = request_context.get()
    condition = context.headers.get(b"if-none-match", b"*")
    is_current = condition.strip() != b"*" and etag_matches(condition, context.etag)
    return Response(None, status_code=HTTPStatus.NOT_MODIFIED) if is_current and request.method == "GET" else None
