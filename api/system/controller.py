"""Where things are, and whether the service lives and is ready."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Controller, Request, get
from litestar.datastructures import ResponseHeader, State
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example, OpenAPI, Operation, Parameter

from api.problems import PROBLEM_JSON, ProblemDetails
from api.queries import Queries
from api.system import schemas

FAILED = ProblemDetails(
    type="urn:filmoteca:problem:internal-server-error",
    title="Internal Server Error",
    status=500,
    detail="Something failed on our side; the server's log has the details.",
    instance="/health/ready",
)


def _answers(example: msgspec.Struct) -> dict[int, ResponseSpec]:
    return {
        HTTPStatus.OK: ResponseSpec(
            type(example), False, "The answer.", examples=[Example(value=msgspec.to_builtins(example))]
        ),
        HTTPStatus.INTERNAL_SERVER_ERROR: ResponseSpec(
            ProblemDetails,
            False,
            "Something failed.",
            PROBLEM_JSON,
            [Example(value=msgspec.to_builtins(FAILED))],
        ),
    }


class SystemController(Controller):
    """The service itself."""

    tags = ("System",)
    response_headers = (ResponseHeader(name="Cache-Control", value="no-store"),)

    @get(
        "/",
        summary="Where everything is",
        sync_to_thread=False,
        responses=_answers(
            schemas.Index(
                name="Filmoteca",
                version="0.1.0",
                openapi="/schema/openapi.json",
                operations=[
                    schemas.Operation(
                        path="/score-titulo/{titulo}",
                        summary="Puntaje y popularidad de una película",
                        example="/score-titulo/Toy%20Story",
                    )
                ],
            )
        ),
    )
    def index(self, request: Request[Any, Any, State]) -> schemas.Index:
        """List everything that can be asked, each with a path to try."""
        document = request.app.openapi_schema
        return schemas.Index(
            name=document.info.title,
            version=document.info.version,
            openapi="/schema/openapi.json",
            operations=_operations(document),
        )

    @get(
        "/health/live",
        summary="Whether the process answers",
        sync_to_thread=False,
        responses=_answers(schemas.Live()),
    )
    def live(self) -> schemas.Live:
        """Answer at once, without asking the warehouse."""
        return schemas.Live()

    @get(
        "/health/ready",
        summary="Whether the warehouse answers",
        sync_to_thread=True,
        responses=_answers(schemas.Ready(build_id="5d41402abc4b2a76", built_at=datetime(2026, 1, 31, 12, tzinfo=UTC))),
    )
    def ready(self, queries: NamedDependency[Queries]) -> schemas.Ready:
        """Ask the warehouse which build it is."""
        return queries.all(schemas.Ready, "ready")[0]


def _operations(document: OpenAPI) -> list[schemas.Operation]:
    return [
        schemas.Operation(path=path, summary=item.get.summary or "", example=_example(path, item.get))
        for path, item in (document.paths or {}).items()
        if item.get
    ]


def _example(path: str, operation: Operation) -> str:
    """The path with each parameter that it needs replaced by its first documented example."""
    for parameter in operation.parameters or []:
        if isinstance(parameter, Parameter) and parameter.required and parameter.examples:
            example = quote(str(next(iter(parameter.examples.values())).value), safe="")
            if parameter.param_in == "query":
                path += f"{'&' if '?' in path else '?'}{parameter.name}={example}"
            path = path.replace(f"{{{parameter.name}}}", example)
    return path
