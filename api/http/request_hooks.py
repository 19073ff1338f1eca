"""Litestar hooks that read a request before its handler is called."""

from http import HTTPStatus
from typing import Any

from litestar import Request, Response
from litestar.datastructures import State

from api.http.conditional_requests import is_current
from api.http.content_negotiation import negotiate_format
from api.http.context import request_context, update_request_context
from api.http.query_parser import PARAMETERS, NoParameters, query_parser

AnyRequest = Request[Any, Any, State]


async def read_request(request: AnyRequest) -> None:
    """Parse the query string and negotiate the format (a `before_request` hook). Raises ProblemError 422 or 406."""
    struct = request.route_handler.opt.get(PARAMETERS, NoParameters)
    if not isinstance(struct, type):
        struct = struct(request)
    parameters = query_parser(struct).parse(request.scope["query_string"])
    update_request_context(parameters=parameters, format=negotiate_format(request))


def get_parameters() -> Any:
    """Return the parameters of the current request (a dependency)."""
    return request_context.get().parameters


async def check_not_modified(request: AnyRequest) -> Response[None] | None:
    """Return a 304 if the client has the response of the current snapshot (a `before_request` hook).

    For operations whose successful responses depend on the snapshot alone. There is no query, so a client that sends
    the ETag for a path without a successful response gets a 304, too.
    """
    is_get = request.scope["method"] == "GET"
    return Response(None, status_code=HTTPStatus.NOT_MODIFIED) if is_get and is_current(request.scope) else None
