"""Ad-hoc SQL: `POST /v1/sql` and `GET /v1/sql?query=…`."""

from http import HTTPStatus
from typing import Annotated, Any, cast

import msgspec
from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import QueryParameter
from msgspec import Meta

from api.problems import PROBLEM_JSON, ProblemDetails, ProblemError
from api.sql import schemas
from api.sql.messages import QueryError, Reason
from api.sql.sandbox import Sandbox

BODY_BYTES = 256 * 1024
RETRY_SECONDS = 1
STATUSES = {
    Reason.SYNTAX: HTTPStatus.BAD_REQUEST,
    Reason.REFUSED: HTTPStatus.FORBIDDEN,
    Reason.OFF: HTTPStatus.FORBIDDEN,
    Reason.BUSY: HTTPStatus.TOO_MANY_REQUESTS,
}
"""By reason; a query that can be read and may run, but has no answer, is a 422."""

EXAMPLE = schemas.SqlAnswer(
    columns=[schemas.SqlColumn(name="title", type="VARCHAR"), schemas.SqlColumn(name="release_year", type="INTEGER")],
    data=[{"title": "Toy Story", "release_year": 1995}],
    row_count=1,
    is_truncated=False,
    milliseconds=1.5,
)
_PROBLEMS = {
    HTTPStatus.BAD_REQUEST: 'The query cannot be read: syntax error at or near "selec", line 1, character 1.',
    HTTPStatus.FORBIDDEN: "Ad-hoc SQL is off on this service; FILMOTECA_SQL=on in its environment turns it on.",
    HTTPStatus.UNPROCESSABLE_ENTITY: 'Referenced column "titel" not found in FROM clause (line 1).',
    HTTPStatus.TOO_MANY_REQUESTS: "Other queries are running, and at most 2 may at a time; try again soon.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something failed on our side; the server's log has the details.",
}
ANSWERS: dict[int, ResponseSpec] = {
    HTTPStatus.OK: ResponseSpec(
        schemas.SqlAnswer, False, "The rows.", examples=[Example(value=msgspec.to_builtins(EXAMPLE))]
    ),
    **{
        status: ResponseSpec(
            ProblemDetails,
            False,
            status.phrase,
            PROBLEM_JSON,
            [
                Example(
                    value=msgspec.to_builtins(
                        ProblemDetails(
                            type=f"urn:filmoteca:problem:{status.phrase.lower().replace(' ', '-')}",
                            title=status.phrase,
                            status=status,
                            detail=detail,
                            instance="/v1/sql",
                        )
                    )
                )
            ],
        )
        for status, detail in _PROBLEMS.items()
    },
}


class SqlController(Controller):
    """Questions that no path answers."""

    path = "/sql"
    tags = ("SQL",)

    @get(summary="Answer a query", responses=ANSWERS)
    async def query_sql(
        self,
        sandbox: NamedDependency[Sandbox],
        text: Annotated[schemas.Query, QueryParameter(name="query")],
        parameters: Annotated[
            str,
            QueryParameter(),
            Meta(description="Values for the `$name` parameters, as a JSON object.", examples=['{"year": 1995}']),
        ] = "{}",
        limit: Annotated[schemas.Limit | None, QueryParameter()] = None,
    ) -> schemas.SqlAnswer:
        """Run one read-only query, and answer its rows as JSON.

        It may take some seconds, some memory and 10,000 rows; what it may not do, a problem says.
        """
        return await _answer(sandbox, schemas.SqlQuestion(query=text, parameters=_read(parameters), limit=limit))

    @post(
        summary="Answer a longer query", responses=ANSWERS, status_code=HTTPStatus.OK, request_max_body_size=BODY_BYTES
    )
    async def post_sql(self, sandbox: NamedDependency[Sandbox], data: schemas.SqlQuestion) -> schemas.SqlAnswer:
        """Run one read-only query, and answer its rows as JSON, as the GET does."""
        return await _answer(sandbox, data)


async def _answer(sandbox: Sandbox, question: schemas.SqlQuestion) -> schemas.SqlAnswer:
    try:
        result = await sandbox.answer(question.query, question.parameters, question.limit)
    except QueryError as error:
        raise _problem(error) from None
    return schemas.SqlAnswer(
        columns=[schemas.SqlColumn(name=column.name, type=column.type) for column in result.columns],
        data=cast(list[dict[str, Any]], msgspec.Raw(result.rows)),  # JSON already, handed on as it is
        row_count=result.row_count,
        is_truncated=result.is_truncated,
        milliseconds=result.milliseconds,
    )


def _read(parameters: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(parameters, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeEncodeError):
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY, 'parameters is no JSON object; right is one like {"year": 1995}.'
        ) from None


def _problem(error: QueryError) -> ProblemError:
    status = STATUSES.get(error.reason, HTTPStatus.UNPROCESSABLE_ENTITY)
    problem = ProblemError(status, error.detail, reason=error.reason)
    if error.reason is Reason.BUSY:
        problem.headers = {"Retry-After": str(RETRY_SECONDS)}
    return problem
