"""`?explain=sql`: return the queries behind a response instead of the response.

The request is handled as usual while its queries are recorded; then the explanation replaces the response.
"""

import time
from collections.abc import Sequence
from contextvars import ContextVar
from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, Response, Router, get
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, OpenAPIType, Operation, Schema
from msgspec import Meta

from api.db.dependencies import get_queries
from api.db.queries import QueryTrace, query_traces
from api.db.query_files import tables_read
from api.http.content_negotiation import JSON
from api.http.context import update_request_context
from api.http.openapi import add_problem, operation_docs
from api.http.parameters import parameter_docs
from api.http.problems import ProblemError
from api.http.request_hooks import AnyRequest, check_not_modified, get_parameters, read_request

EXPLANATION_JSON = "application/vnd.filmoteca.explanation+json"
"""A media type of its own, so that no client takes an explanation for the response itself."""
NOT_ALLOWED = "Explanations are off. Set FILMOTECA_EXPLAIN=on in the environment of the service to allow them."


class ExplainParams(msgspec.Struct, frozen=True, kw_only=True):
    """The query parameter of every operation that can be explained."""

    explain: Annotated[
        Literal["sql"] | None,
        parameter_docs(
            "`sql`: return how the response is made instead: the queries, their parameters, the "
            "milliseconds and the tables they read. A setting of the service (FILMOTECA_EXPLAIN).",
            "sql",
        ),
    ] = None

    @classmethod
    def amend_operation(cls, operation: Operation) -> None:
        """Document the explanation and the problem of a service that does not allow it."""
        success = (operation.responses or {}).get(str(HTTPStatus.OK.value))
        if isinstance(success, OpenAPIResponse) and success.content:
            success.content[EXPLANATION_JSON] = OpenAPIMediaType(schema=Schema(type=OpenAPIType.OBJECT))
        add_problem(operation, HTTPStatus.FORBIDDEN, "The service does not allow explanations.", NOT_ALLOWED)


def explainable_get(
    path: str, summary: str, answer: Any, parameters: type[ExplainParams] = ExplainParams, **docs: Any
) -> get:
    """Return the route decorator of an operation that can be explained. See `operation_docs` for `docs`."""
    return get(path, sync_to_thread=True, **operation_docs(summary, answer, parameters=parameters, **docs))


class ModelRead(msgspec.Struct, frozen=True, kw_only=True):
    """A table that a query read."""

    table: Annotated[str, Meta(description="Schema and name.", examples=["marts.dim_movies"])]
    documentation: Annotated[
        str, Meta(description="Path of its documentation.", examples=["/v1/tables/marts/dim_movies"])
    ]


class ExplainedQuery(msgspec.Struct, frozen=True, kw_only=True):
    """A query that was run."""

    name: Annotated[str, Meta(description="Its name in /v1/queries.", examples=["list_movies"])]
    sql: Annotated[str, Meta(description="The SQL that was run, without unused conditions.")]
    parameters: Annotated[dict[str, Any], Meta(description="The values of its $parameters.")]
    milliseconds: Annotated[float, Meta(description="Time to the first row.")]
    models: Annotated[list[ModelRead], Meta(description="The tables it read.")]


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """The queries behind a response."""

    milliseconds: Annotated[float, Meta(description="Time from the parsed request to the response.")]
    queries: Annotated[list[ExplainedQuery], Meta(description="The queries in the order they were run.")]


_started_at: ContextVar[float | None] = ContextVar("explanation_started_at", default=None)
"""When the request that is to be explained was parsed; its queries are in `query_traces`."""


def explainable_router(controllers: Sequence[type[Controller]], *, is_allowed: bool) -> Router:
    """Return a router of operations that can be explained, whose responses depend on the snapshot alone."""

    async def start(request: AnyRequest) -> Response[None] | None:
        """Read the request, and record its queries if they are to be explained. Raises ProblemError 403."""
        _stop_recording()  # A server may handle one request after the other in the same context.
        await read_request(request)
        if getattr(get_parameters(), "explain", None) is None:
            return await check_not_modified(request)
        if not is_allowed:
            raise ProblemError(HTTPStatus.FORBIDDEN, NOT_ALLOWED)
        update_request_context(format=JSON)
        _started_at.set(time.perf_counter())
        query_traces.set([])
        return None

    async def finish(response: Response[Any]) -> Response[Any]:
        """Replace the response by its explanation, if that was requested."""
        if (started_at := _started_at.get()) is None:
            return response
        milliseconds = round((time.perf_counter() - started_at) * 1000, 3)
        macros = get_queries().macros
        queries = [_explain_query(trace, macros) for trace in query_traces.get() or ()]
        _stop_recording()
        explanation = Explanation(milliseconds=milliseconds, queries=queries)
        return Response(
            msgspec.json.encode(explanation), media_type=EXPLANATION_JSON, headers={"Cache-Control": "no-store"}
        )

    return Router("/", route_handlers=controllers, before_request=start, after_request=finish)


def _stop_recording() -> None:
    _started_at.set(None)
    query_traces.set(None)


def _explain_query(trace: QueryTrace, macros: tuple[str, ...]) -> ExplainedQuery:
    return ExplainedQuery(
        name=trace.name,
        sql=trace.sql,
        parameters=dict(trace.parameters),
        milliseconds=round(trace.milliseconds, 3),
        models=[
            ModelRead(table=table, documentation=f"/v1/tables/{table.replace('.', '/')}")
            for table in tables_read(trace.sql, macros)
        ],
    )
