"""Ad-hoc SQL: `POST /v1/sql` and `GET /v1/sql?query=…`."""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any, cast

import msgspec
from litestar import Controller, HttpMethod, Response, get, post, route
from litestar.datastructures import ResponseHeader
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta

from api.http.content_negotiation import JSON, MEDIA_TYPES, TABULAR_FORMATS, current_format
from api.http.examples import described
from api.http.openapi import ENGLISH_TEXTS, operation_docs
from api.http.problems import ProblemDetails, ProblemError
from api.http.query_parser import invalid
from api.sandbox.guards import reject_cross_site_requests, require_json
from api.sandbox.protocol import MAX_QUERY_LENGTH, MAX_ROWS, FailureReason, QueryError, QueryRequest
from api.sandbox.sandbox import Sandbox
from api.v1.sql import schemas

RETRY_SECONDS = 1
"""Value of Retry-After while all workers are busy."""
STATUSES = {
    FailureReason.SYNTAX: HTTPStatus.BAD_REQUEST,
    FailureReason.REFUSED: HTTPStatus.FORBIDDEN,
    FailureReason.OFF: HTTPStatus.FORBIDDEN,
    FailureReason.BUSY: HTTPStatus.TOO_MANY_REQUESTS,
}
"""By reason; all others are a 422."""
PROBLEMS: dict[int, tuple[str, str | ProblemDetails]] = {
    400: ("The query cannot be parsed.", 'The query cannot be parsed: syntax error at or near "selec", line 1.'),
    403: ("The query does something that is not allowed, or SQL is off.", "A query may not use the function getenv."),
    422: ("The query has an unknown name, fails, or exceeds a limit.", 'Column "titel" not found. Candidate: "title".'),
    429: ("Too many queries are running; see Retry-After.", "Too many queries are running (the limit is 2)."),
}
DOCS: dict[str, Any] = {
    "answer": schemas.SqlAnswer,
    "is_conditional": False,
    "formats": TABULAR_FORMATS,
    "texts": replace(ENGLISH_TEXTS, instance="/v1/sql", problems=PROBLEMS),
    "raises": (*PROBLEMS, 408, 413, 415),
}


class SqlParams(msgspec.Struct, frozen=True, kw_only=True):
    query: Annotated[str, described(schemas.QUERY, schemas.EXAMPLE, min_length=1, max_length=MAX_QUERY_LENGTH)]
    parameters: Annotated[str, described(f"{schemas.PARAMETERS}, as a JSON object.", '{"year": 1995}')] = "{}"
    limit: Annotated[int, Meta(ge=1, le=MAX_ROWS, description=schemas.LIMIT)] | None = None


class SqlController(Controller):
    path = "/sql"
    tags = ("SQL",)
    guards = (reject_cross_site_requests,)
    # A query can return the time or random numbers, so no answer can be reused.
    response_headers = (ResponseHeader(name="Cache-Control", value="no-store"),)

    @route(
        http_method=HttpMethod.OPTIONS, include_in_schema=False, status_code=HTTPStatus.NO_CONTENT, sync_to_thread=False
    )
    def list_methods(self) -> Response[None]:
        """Return both methods; Litestar's own answer only contains that of the first route of a path."""
        return Response(None, headers={"Allow": "GET, OPTIONS, POST"})

    @get(**operation_docs("Run a query", parameters=SqlParams, **DOCS))
    async def query_sql(self, sandbox: NamedDependency[Sandbox], params: NamedDependency[SqlParams]) -> Response[Any]:
        """Run one read-only query and return its rows.

        Every query runs in its own process, with limited time, memory and rows. It can read the tables of the schemas
        marts, quality and recommender only. In formats other than JSON, the header Filmoteca-Truncated says whether
        the query has more rows.
        """
        parameters = _parse_parameters(params.parameters)
        question = schemas.SqlQuestion(query=params.query, parameters=parameters, limit=params.limit)
        return await _run(sandbox, question)

    @post(guards=[require_json], **operation_docs("Run a query sent in the body", **DOCS), status_code=HTTPStatus.OK)
    async def post_sql(self, sandbox: NamedDependency[Sandbox], data: JSONBody[schemas.SqlQuestion]) -> Response[Any]:
        """Run one read-only query and return its rows, like GET."""
        return await _run(sandbox, data)


async def _run(sandbox: Sandbox, question: schemas.SqlQuestion) -> Response[Any]:
    result_format = current_format()
    request = QueryRequest(question.query, question.parameters, question.limit or 0, result_format)
    try:
        result = await sandbox.run_in_thread(request)
    except QueryError as error:
        raise _to_problem(error) from None
    if result_format != JSON:
        headers = {
            "Content-Disposition": f'attachment; filename="query.{result_format}"',
            "Filmoteca-Truncated": str(result.is_truncated).lower(),
        }
        return Response(result.rows, media_type=MEDIA_TYPES[result_format], headers=headers)
    return Response(
        schemas.SqlAnswer(
            columns=[schemas.SqlColumn(name=name, type=type_) for name, type_ in result.columns.items()],
            data=cast(list[dict[str, Any]], msgspec.Raw(result.rows)),  # already JSON
            row_count=result.row_count,
            is_truncated=result.is_truncated,
            milliseconds=result.milliseconds,
        )
    )


def _to_problem(error: QueryError) -> ProblemError:
    """Return the problem for a query without a result; its extension `reason` is for programs."""
    status = STATUSES.get(error.reason, HTTPStatus.UNPROCESSABLE_ENTITY)
    problem = ProblemError(status, error.detail, reason=error.reason)
    if error.reason is FailureReason.BUSY:
        problem.headers = {"Retry-After": str(RETRY_SECONDS)}
    return problem


def _parse_parameters(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        raise invalid('`parameters` is not a JSON object; send one such as {"year": 1995}.') from None
