"""Every error as a problem document (RFC 9457), worded for the path it happened on."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.enums import HttpMethod
from litestar.exceptions import HTTPException, InternalServerException, NotFoundException, ValidationException
from litestar.types import ExceptionHandlersMap, Scope, Send
from msgspec import Meta

from api.http.context import current_request_id
from api.http.security_headers import SECURITY_HEADERS, Headers

PROBLEM_JSON = "application/problem+json"
_CLIENT_DISCONNECTED = "client disconnected prematurely"
"""The detail of Litestar's InternalServerException for a body that was cut off by the client."""

logger = logging.getLogger("filmoteca.api")


class ProblemDetails(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What went wrong, for programs (`type`, `status`) and for people (`title`, `detail`)."""

    type: Annotated[str, Meta(description="What kind of problem it is.", examples=["urn:filmoteca:problem:not-found"])]
    title: Annotated[str, Meta(description="The kind of problem, in words.", examples=["Not Found"])]
    status: Annotated[int, Meta(description="HTTP status code.", examples=[404])]
    detail: Annotated[
        str,
        Meta(description="What was wrong and what would be right.", examples=["There is nothing at this path."]),
    ]
    instance: Annotated[str, Meta(description="The path that was asked for.", examples=["/nowhere"])]
    request_id: Annotated[
        str, Meta(description="By which the server's log knows the request.", examples=["9f86d081884c7d65"])
    ] = ""


class ProblemError(HTTPException):
    """An error whose detail is written for the person who asked; extensions are added to the document."""

    def __init__(self, status: HTTPStatus, detail: str, **extensions: object) -> None:
        super().__init__(detail=detail, status_code=status)
        self.extensions = extensions


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language words the problems that no handler has worded itself."""

    titles: Mapping[int, str]
    details: Mapping[int, str]
    """By status. What an exception says itself is not shown: it may name code or files."""
    parameter_rules: Mapping[str, str] = field(default_factory=dict)
    """What would be right, by parameter: a whole sentence."""
    is_english: bool = False

    def title(self, status: int) -> str:
        """The kind of problem, in words."""
        return self.titles.get(status) or HTTPStatus(status).phrase

    def detail(self, request: Request[Any, Any, State], status: int, error: Exception) -> str:
        """What was wrong and what would be right."""
        if isinstance(error, ProblemError):
            return error.detail
        rules = [self.parameter_rule(name, said) for name, said in _invalid_parameters(request, error)]
        return " ".join(filter(None, rules)) or self.details.get(status) or self.title(status)

    def parameter_rule(self, name: str, said: str) -> str:
        """What would be right for a parameter; `said` is how the check of its value words it, in English."""
        for word, plain in _PLAIN_WORDS.items():
            said = said.replace(word, plain)
        return self.parameter_rules.get(name, f"`{name}`: {said}." if self.is_english else "")


_PLAIN_WORDS = {
    " | null": "",
    "`int`": "a whole number",
    "`float`": "a number",
    "`bool`": "true or false",
    ", got `str`": "",
    "Invalid RFC3339 encoded date": "Expected a date like 1994-12-31",
}
"""What the checks of values say, and what that is called outside of Python."""

ENGLISH = Wording(
    titles={},
    is_english=True,
    details={
        HTTPStatus.BAD_REQUEST: "The request cannot be understood; a body must be JSON, as /docs/api describes it.",
        HTTPStatus.FORBIDDEN: "This service is set up not to answer that.",
        HTTPStatus.NOT_FOUND: "There is nothing at this path; / lists what there is.",
        HTTPStatus.METHOD_NOT_ALLOWED: "This path does not answer that method; see the Allow header.",
        HTTPStatus.NOT_ACCEPTABLE: "The answer has none of the formats that the Accept header names.",
        HTTPStatus.REQUEST_TIMEOUT: "The request's body did not come whole in time.",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The request's body is larger than this path takes.",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The request's body is of a kind that this path does not read.",
        HTTPStatus.UNPROCESSABLE_ENTITY: "A parameter has a value that it cannot have.",
        HTTPStatus.TOO_MANY_REQUESTS: "Too much is being asked at once; the Retry-After header says when to ask again.",
        HTTPStatus.INTERNAL_SERVER_ERROR: "Something failed on our side; the server's log has the details.",
        HTTPStatus.SERVICE_UNAVAILABLE: "The service cannot answer now; the Retry-After header says when to ask again.",
    },
)


AsPage = Callable[[Request[Any, Any, State], Exception, int, str], Response[str] | None]
"""Shows an error, its status and what was wrong to people; None where a program asks, or where there are no pages."""


def problem_handlers(
    wordings: Mapping[str, Wording], as_page: AsPage = lambda _request, _error, _status, _said: None
) -> ExceptionHandlersMap:
    """Exception handlers for the whole application.

    By first path segment, `wordings` gives how to word problems there (elsewhere they are in English), and `pages` what
    shows them where people look.
    """

    def respond(request: Request[Any, Any, State], error: Exception) -> Response[Any]:
        status = _status(request, error)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            logger.error("%s %s failed", request.method, request.url.path, exc_info=error)
        wording = wordings.get(first_segment(request), ENGLISH)
        page = as_page(request, error, status, wording.detail(request, status, error))
        return page or problem_response(request, error, status, wording)

    return {Exception: respond, HTTPException: respond}


def first_segment(request: Request[Any, Any, State]) -> str:
    """What a path begins with: `v1` of /v1/movies."""
    return str(request.url.path).lstrip("/").partition("/")[0]


def problem_response(
    request: Request[Any, Any, State], error: Exception, status: int, wording: Wording
) -> Response[dict[str, object]]:
    """The problem document for an error, with the headers that belong to it (405 says what is allowed)."""
    document = ProblemDetails(
        type=problem_type(status),
        title=wording.title(status),
        status=status,
        detail=wording.detail(request, status, error),
        instance=_instance(request.scope["raw_path"]),
        request_id=current_request_id(),
    )
    extensions = error.extensions if isinstance(error, ProblemError) else {}
    headers = error.headers if isinstance(error, HTTPException) else None
    return Response(
        {**msgspec.to_builtins(document), **extensions}, status_code=status, media_type=PROBLEM_JSON, headers=headers
    )


async def send_problem(scope: Scope, send: Send, status: HTTPStatus, detail: str = "", headers: Headers = ()) -> None:
    """Send a problem document from a middleware; `detail` is the status' general one unless given."""
    problem = ProblemDetails(
        type=problem_type(status),
        title=ENGLISH.title(status),
        status=status,
        detail=detail or ENGLISH.details[status],
        instance=_instance(scope["raw_path"]),
        request_id=current_request_id(),
    )
    body = msgspec.json.encode(problem)
    content = [(b"content-type", PROBLEM_JSON.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*content, *SECURITY_HEADERS, *headers]})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _instance(path: bytes) -> str:
    return quote(path.partition(b"?")[0], safe="/%:@!$&'()*+,;=~-._")


def problem_type(status: int) -> str:
    """The URN that names the kind of problem a status stands for."""
    return f"urn:filmoteca:problem:{HTTPStatus(status).phrase.lower().replace(' ', '-')}"


def as_problem(response: Response[Any]) -> Response[Any]:
    """Hand a response on, but no 404 page: litestar writes one of its own beside the OpenAPI document."""
    if response.status_code == HTTPStatus.NOT_FOUND:
        raise NotFoundException
    return response


def _status(request: Request[Any, Any, State], error: Exception) -> int:
    if isinstance(error, ValidationException):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    if isinstance(error, InternalServerException) and error.detail == _CLIENT_DISCONNECTED:
        return HTTPStatus.BAD_REQUEST
    if isinstance(error, (RecursionError, UnicodeDecodeError)) and request.method == HttpMethod.POST:
        return HTTPStatus.BAD_REQUEST  # a body of a hundred thousand brackets, or with a name that is no UTF-8
    return error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR


def _invalid_parameters(request: Request[Any, Any, State], error: Exception) -> list[tuple[str, str]]:
    """The parameters that failed validation and what is said of each, as litestar lists them in the error's `extra`.

    There a parameter is called like the handler's argument; whoever asked knows it by the name in the query.
    """
    if not isinstance(error, ValidationException) or not isinstance(error.extra, list):
        return []
    arguments = request.route_handler.parsed_fn_signature.parameters
    names = {name: getattr(argument.kwarg_definition, "name", None) for name, argument in arguments.items()}
    return [
        (names.get(entry["key"]) or entry["key"], entry.get("message", "")) for entry in error.extra if "key" in entry
    ]
