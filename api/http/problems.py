"""Problem documents (RFC 9457)."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import quote

import msgspec
from litestar.exceptions import HTTPException
from litestar.types import Scope, Send

from api.http.context import request_context
from api.http.examples import described

PROBLEM_JSON = "application/problem+json"


class ProblemDetails(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An error, for programs (`type`, `status`) and for people (`title`, `detail`)."""

    type: Annotated[str, described("URN of the kind of problem.", "urn:filmoteca:problem:not-found")]
    title: Annotated[str, described("The kind of problem.", "Not Found")]
    status: Annotated[int, described("HTTP status code.", 404)]
    detail: Annotated[str, described("What is wrong and what is accepted.", "There is nothing at this path.")]
    instance: Annotated[str, described("The requested path.", "/nowhere")]
    request_id: Annotated[str, described("The id of the request in the server's log.", "9f86d081884c7d65")] = ""


class ProblemError(HTTPException):
    """An error whose detail is shown to the client. The extensions are added to the problem document."""

    def __init__(self, status: HTTPStatus, detail: str, **extensions: object) -> None:
        super().__init__(detail=detail, status_code=status)
        self.extensions = extensions


def not_found(detail: str, **extensions: object) -> ProblemError:
    """Return a 404."""
    return ProblemError(HTTPStatus.NOT_FOUND, detail, **extensions)


@dataclass(frozen=True, slots=True)
class Wording:
    """The titles and details of problems in one language.

    They replace the messages of other exceptions than ProblemError, which could reveal code or files.
    """

    titles: Mapping[int, str]
    """By status; the HTTP phrase by default."""
    details: Mapping[int, str]
    """By status."""
    unknown_path: str
    """The detail of a 404 for a path like another one, in braces."""

    def title(self, status: int) -> str:
        """Return the title for a status."""
        return self.titles.get(status) or HTTPStatus(status).phrase

    def detail(self, status: int) -> str:
        """Return the detail for a status; its title if there is none."""
        return self.details.get(status) or self.title(status)


ENGLISH = Wording(
    titles={},
    unknown_path="There is nothing at this path. Did you mean {}? / lists all operations.",
    details={
        HTTPStatus.BAD_REQUEST: "The request is malformed. A body must be JSON as described in /docs/api.",
        HTTPStatus.FORBIDDEN: "The settings of this service do not allow this request.",
        HTTPStatus.NOT_FOUND: "There is nothing at this path. / lists all operations.",
        HTTPStatus.METHOD_NOT_ALLOWED: "This path does not support the method; the Allow header lists those it does.",
        HTTPStatus.NOT_ACCEPTABLE: "None of the formats in the Accept header is available.",
        HTTPStatus.REQUEST_TIMEOUT: "The request body did not arrive in time.",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The request body is too large.",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "The request body must be application/json.",
        HTTPStatus.UNPROCESSABLE_ENTITY: "A parameter is invalid.",
        HTTPStatus.TOO_MANY_REQUESTS: "Too many requests. Try again after the time in the Retry-After header.",
        HTTPStatus.INTERNAL_SERVER_ERROR: "Internal error. The server's log has the details.",
        HTTPStatus.SERVICE_UNAVAILABLE: "Temporarily unavailable. Try again after the time in the Retry-After header.",
    },
)


def create_problem(path: bytes, status: int, title: str, detail: str) -> ProblemDetails:
    """Return the problem document of the current request."""
    context = request_context.get(None)
    return ProblemDetails(
        type=problem_type(status),
        title=title,
        status=status,
        detail=detail,
        instance=quote(path.partition(b"?")[0], safe="/%:@!$&'()*+,;=~-._"),
        request_id=context.request_id if context else "",
    )


def problem_type(status: int) -> str:
    """Return the URN of the kind of problem that a status stands for."""
    return f"urn:filmoteca:problem:{HTTPStatus(status).phrase.lower().replace(' ', '-')}"


async def send_problem(
    scope: Scope, send: Send, status: HTTPStatus, detail: str = "", *headers: tuple[bytes, bytes]
) -> None:
    """Send a problem document from a middleware, with the wording's detail by default."""
    problem = create_problem(scope["raw_path"], status, ENGLISH.title(status), detail)
    body = msgspec.json.encode(problem)
    content = [(b"content-type", PROBLEM_JSON.encode()), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*content, *headers]})
    await send({"type": "http.response.body", "body": body, "more_body": False})
