"""Ad-hoc SQL: `POST /v1/sql` and `GET /v1/sql?query=…`."""

from http import HTTPStatus
from typing import Annotated, Any, cast

import msgspec
from litestar import Controller, HttpMethod, Response, get, post, route
from litestar.datastructures import ResponseHeader
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import JSONBody, QueryParameter

from api.http.content_negotiation import JSON, MEDIA_TYPES, TABULAR, current_format
from api.http.openapi import documented
from api.http.parameters import AnyRequest
from api.http.problems import ProblemError
from api.sandbox.guards import expect_json, refuse_other_sites
from api.sandbox.protocol import QueryError, Reason
from api.sandbox.sandbox import Sandbox
from api.sandbox.settings import MAX_QUERY_LENGTH, MAX_ROWS
from api.v1.sql import schemas
from api.v1.sql.documentation import ANSWER, PROBLEMS, TELLING

RETRY_SECONDS = 1
STATUSES = {
    Reason.SYNTAX: HTTPStatus.BAD_REQUEST,
    Reason.REFUSED: HTTPStatus.FORBIDDEN,
    Reason.OFF: HTTPStatus.FORBIDDEN,
    Reason.BUSY: HTTPStatus.TOO_MANY_REQUESTS,
}
"""By reason; a query that can be read and may run, but has no answer, is a 422."""
DOCUMENTED: dict[str, Any] = {
    "answer": schemas.SqlAnswer,
    "example": ANSWER,
    "held": False,
    "formats": [media_type for form, media_type in MEDIA_TYPES.items() if form != JSON],
    "telling": TELLING,
}


class SqlController(Controller):
    """Questions that no path answers."""

    path = "/sql"
    tags = ("SQL",)
    guards = (refuse_other_sites,)
    # A query may ask for the time or for random numbers: no answer holds for the next one.
    response_headers = (ResponseHeader(name="Cache-Control", value="no-store"),)

    @route(
        http_method=HttpMethod.OPTIONS, include_in_schema=False, status_code=HTTPStatus.NO_CONTENT, sync_to_thread=False
    )
    def list_methods(self) -> Response[None]:
        """Name both methods; litestar's own answer knows only the one of the first route of a path."""
        return Response(None, headers={"Allow": "GET, OPTIONS, POST"})

    @get(opt=TABULAR, **documented("Answer a query", raises=PROBLEMS, **DOCUMENTED))
    async def query_sql(
        self,
        request: AnyRequest,
        sandbox: NamedDependency[Sandbox],
        text: Annotated[
            str,
            QueryParameter(
                name="query",
                min_length=1,
                max_length=MAX_QUERY_LENGTH,
                description=schemas.QUERY,
                examples=[Example(value=schemas.EXAMPLE)],
            ),
        ],
        parameters: Annotated[
            str,
            QueryParameter(
                description=f"{schemas.PARAMETERS}, as a JSON object.", examples=[Example(value='{"year": 1995}')]
            ),
        ] = "{}",
        limit: Annotated[int | None, QueryParameter(ge=1, le=MAX_ROWS, description=schemas.LIMIT)] = None,
    ) -> Response[Any]:
        """Run one read-only query and answer its rows.

        Every query runs in a process of its own, with bounded time, memory and rows. It reads the tables of the
        schemas marts, quality and recommender, and nothing else. In files, whether rows were cut off is said by the
        header Filmoteca-Truncated.
        """
        question = schemas.SqlQuestion(query=text, parameters=_read(parameters), limit=limit)
        return await _answer(request, sandbox, question)

    @post(
        guards=[expect_json],
        opt=TABULAR,
        **documented("Answer a longer query", raises=PROBLEMS, **DOCUMENTED),
        status_code=HTTPStatus.OK,
    )
    async def post_sql(
        self, request: AnyRequest, sandbox: NamedDependency[Sandbox], data: JSONBody[schemas.SqlQuestion]
    ) -> Response[Any]:
        """Run one read-only query and answer its rows, as GET does."""
        return await _answer(request, sandbox, data)


async def _answer(request: AnyRequest, sandbox: Sandbox, question: schemas.SqlQuestion) -> Response[Any]:
    form = current_format()
    try:
        result = await sandbox.answer(question.query, question.parameters, question.limit, form)
    except QueryError as error:
        raise problem_of(error) from None
    if form != JSON:
        headers = {
            "Content-Disposition": f'attachment; filename="query.{form}"',
            "Filmoteca-Truncated": str(result.is_truncated).lower(),
        }
        return Response(result.rows, media_type=MEDIA_TYPES[form], headers=headers)
    return Response(
        schemas.SqlAnswer(
            columns=[schemas.SqlColumn(name=column.name, type=column.type) for column in result.columns],
            data=cast(list[dict[str, Any]], msgspec.Raw(result.rows)),  # JSON already, handed on as it is
            row_count=result.row_count,
            is_truncated=result.is_truncated,
            milliseconds=result.milliseconds,
        )
    )


def problem_of(error: QueryError) -> ProblemError:
    """The problem for a query without an answer; its extension `reason` is for programs."""
    status = STATUSES.get(error.reason, HTTPStatus.UNPROCESSABLE_ENTITY)
    problem = ProblemError(status, error.detail, reason=error.reason)
    if error.reason is Reason.BUSY:
        problem.headers = {"Retry-After": str(RETRY_SECONDS)}
    return problem


def _read(parameters: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(parameters, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY, 'parameters is no JSON object; right is one like {"year": 1995}.'
        ) from None
