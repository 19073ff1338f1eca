"""Litestar exception handlers that return problem documents.

Litestar's problem-details plugin converts exceptions without the request, but the wording and `instance` depend on its
path, and browsers get an error page instead of a document.
"""

import logging
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.enums import HttpMethod
from litestar.exceptions import HTTPException, InternalServerException, NotFoundException, ValidationException
from litestar.types import ExceptionHandlersMap

from api.http.problems import ENGLISH, PROBLEM_JSON, ProblemError, Wording, create_problem
from api.http.query_parser import describe, quote_value

_CLIENT_DISCONNECTED = "client disconnected prematurely"
"""The detail of Litestar's InternalServerException for a body that was cut off by the client."""

logger = logging.getLogger("filmoteca.api")

RenderPage = Callable[[Request[Any, Any, State], Exception, int, str], Response[str] | None]
"""Returns an error page from a request, an error, its status and its detail; None to return a problem document."""


def create_exception_handlers(
    wordings: Mapping[str, Wording], render_page: RenderPage = lambda _request, _error, _status, _detail: None
) -> ExceptionHandlersMap:
    """Return the exception handlers of the application.

    Args:
        wordings: By the first segment of a path, the wording of its problems; English elsewhere.
        render_page: Renders the error pages for browsers.
    """

    def handle(request: Request[Any, Any, State], error: Exception) -> Response[Any]:
        status = _status(request, error)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
        nearest = _nearest_path(request) if isinstance(error, NotFoundException) else None
        wording = wordings.get((nearest or str(request.url.path)).lstrip("/").partition("/")[0], ENGLISH)
        detail = wording.unknown_path.format(nearest) if nearest else _detail(request, status, error, wording)
        if page := render_page(request, error, status, detail):
            return page
        problem = create_problem(request.scope["raw_path"], status, wording.title(status), detail)
        extensions = error.extensions if isinstance(error, ProblemError) else {}
        return Response(
            {**msgspec.to_builtins(problem), **extensions},
            status_code=status,
            media_type=PROBLEM_JSON,
            headers=error.headers if isinstance(error, HTTPException) else None,
        )

    return {Exception: handle, HTTPException: handle}


def first_segment(request: Request[Any, Any, State]) -> str:
    """Return the first segment of a path: `v1` for /v1/movies."""
    return str(request.url.path).lstrip("/").partition("/")[0]


def _nearest_path(request: Request[Any, Any, State]) -> str | None:
    """Return the path of an operation that resembles an unknown one, without the parameters of both."""
    depth = 3 if first_segment(request) == "v1" else 2
    parent, _, name = "/".join(str(request.url.path).split("/")[:depth]).rpartition("/")
    paths = ("/".join(route.path.partition("/{")[0].split("/")[:depth]).rpartition("/") for route in request.app.routes)
    siblings = dict.fromkeys(sibling for folder, _, sibling in paths if folder == parent)
    nearest = get_close_matches(name, siblings, n=1, cutoff=0.75)
    return f"{parent}/{nearest[0]}" if nearest and name not in siblings else None


def raise_not_found(response: Response[Any]) -> Response[Any]:
    """Replace Litestar's own 404 page below /schema by a problem document (an `after_request` hook)."""
    if response.status_code == HTTPStatus.NOT_FOUND:
        raise NotFoundException
    return response


def _status(request: Request[Any, Any, State], error: Exception) -> int:
    if isinstance(error, ValidationException):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    if isinstance(error, InternalServerException) and error.detail == _CLIENT_DISCONNECTED:
        return HTTPStatus.BAD_REQUEST
    if isinstance(error, (RecursionError, UnicodeDecodeError)) and request.method == HttpMethod.POST:
        return HTTPStatus.BAD_REQUEST  # a deeply nested body, or one that is not UTF-8
    return error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR


def _detail(request: Request[Any, Any, State], status: int, error: Exception, wording: Wording) -> str:
    if isinstance(error, ProblemError):
        return error.detail
    if wording is ENGLISH and isinstance(error, ValidationException) and isinstance(error.extra, list):
        described = [_describe(request, entry["key"], entry["message"]) for entry in error.extra if "key" in entry]
        return " ".join(described) or wording.detail(status)
    return wording.detail(status)


def _describe(request: Request[Any, Any, State], key: str, message: str) -> str:
    """Return what is wrong with a path parameter or a field of the body. Only those are validated by Litestar."""
    if key not in request.path_params:
        return f"The request body is invalid: {message}" + ("." if key == "data" else f" at `{key}`.")
    value = quote_value(str(request.path_params[key]))
    argument = request.route_handler.parsed_fn_signature.parameters.get(key)
    if argument is None:
        return f"`{key}` is out of range; got {value}."
    bounds = {bound: getattr(argument.kwarg_definition, bound, None) for bound in ("ge", "le", "max_length")}
    schema = msgspec.json.schema(Annotated[argument.annotation, msgspec.Meta(**bounds)])
    return f"`{key}` must be {describe(schema)}; got {value}."
