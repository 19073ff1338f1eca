"""`?explain=sql`: return the queries behind a response instead of the response.

The request is handled as usual while its queries are recorded; then the explanation replaces the response.
"""

import time
from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, OpenAPIType, Operation, Schema
from msgspec.structs import replace

from api.db.queries import QueryTrace
from api.db.query_files import tables_read
from api.http.content_negotiation import FORMATS, JSON, negotiate_format
from api.http.context import request_context
from api.http.examples import described
from api.http.openapi import IS_CONDITIONAL, add_problem, operation_docs
from api.http.problems import ProblemError
from api.http.query_parser import PARAMETERS, NoParameters, query_parser
from api.http.request_hooks import AnyRequest, check_not_modified

EXPLANATION_JSON = "application/vnd.filmoteca.explanation+json"
"""A media type of its own, so that no client takes an explanation for the response itself."""
DESCRIPTION = "`sql`: return the queries behind the response instead, with their parameters, durations and tables."
NOT_ALLOWED = "Explanations are off. Set FILMOTECA_EXPLAIN=on in the environment of the service to allow them."


class ExplainParams(msgspec.Struct, frozen=True, kw_only=True):
    """The query parameter of every operation that can be explained."""

    explain: Annotated[Literal["sql"], described(DESCRIPTION, "sql")] | None = None

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


def explainable_hooks(*, is_allowed: bool) -> dict[str, Any]:
    """Return the hooks of a router whose operations can be explained."""

    async def read_request(request: AnyRequest) -> Response[None] | None:
        """Parse the query string and negotiate the format; then start an explanation or check the ETag.

        Raises ProblemError 422, 406 or 403.
        """
        context, options = request_context.get(), request.route_handler.opt
        struct = options.get(PARAMETERS, NoParameters)
        if not isinstance(struct, type):
            struct = struct(request)
        parser, query = query_parser(struct), request.scope["query_string"]
        parameters = parser.parse(query) if query or parser.defaults is None else parser.defaults
        format_ = negotiate_format(context.format, context.headers.get(b"accept", b""), options.get(FORMATS, (JSON,)))
        traces: list[QueryTrace] | None = None
        if getattr(parameters, "explain", None):
            if not is_allowed:
                raise ProblemError(HTTPStatus.FORBIDDEN, NOT_ALLOWED)
            format_, traces = JSON, []
        request_context.set(replace(context, parameters=parameters, format=format_, query_traces=traces))
        if traces is None and options.get(IS_CONDITIONAL) and b"if-none-match" in context.headers:
            return await check_not_modified(request)
        return None

    async def explain(response: Response[Any]) -> Response[Any]:
        """Replace the response by its explanation, if that was requested."""
        context = request_context.get()
        if context.query_traces is None:
            return response
        milliseconds = round((time.perf_counter() - context.started_at) * 1000, 3)
        macros = context.snapshot.queries.macros
        queries = [_explain_query(trace, macros) for trace in context.query_traces]
        explanation = msgspec.json.encode({"milliseconds": milliseconds, "queries": queries})
        return Response(explanation, media_type=EXPLANATION_JSON, headers={"Cache-Control": "no-store"})

    return {"before_request": read_request, "after_request": explain}


def _explain_query(trace: QueryTrace, macros: tuple[str, ...]) -> dict[str, Any]:
    return {
        "name": trace.name,
        "sql": trace.sql,
        "parameters": trace.parameters,
        "milliseconds": round(trace.milliseconds, 3),
        "models": [
            {"table": table, "documentation": f"/v1/tables/{table.replace('.', '/')}"}
            for table in tables_read(trace.sql, macros)
        ],
    }
