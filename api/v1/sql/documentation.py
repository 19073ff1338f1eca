"""How ad-hoc SQL stands in the OpenAPI document."""

from dataclasses import replace
from http import HTTPStatus

from api.http.openapi import IN_ENGLISH
from api.http.problems import ProblemDetails
from api.v1.sql.schemas import SqlAnswer, SqlColumn

ANSWER = SqlAnswer(
    columns=[SqlColumn(name="title", type="VARCHAR"), SqlColumn(name="release_year", type="INTEGER")],
    data=[{"title": "Toy Story", "release_year": 1995}],
    row_count=1,
    is_truncated=False,
    milliseconds=1.5,
)
_PROBLEMS: dict[int, tuple[str, str | ProblemDetails]] = {
    HTTPStatus.BAD_REQUEST: (
        "The request or its query cannot be read.",
        'The query cannot be read: syntax error at or near "selec", line 1, character 1.',
    ),
    HTTPStatus.FORBIDDEN: (
        "The query does what no query may do, or ad-hoc SQL is off.",
        "A query may not use the function getenv, which reads settings, variables or the environment; "
        "right is a function that computes from its arguments.",
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: (
        "The query names what does not exist, fails on the data, or takes too much time, memory or room.",
        'Referenced column "titel" not found in FROM clause. Candidate bindings: "title" (line 1).',
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "As many queries run as may at a time; Retry-After says when to come back.",
        "Other queries are running, and at most 2 may at a time; try again soon.",
    ),
}
PROBLEMS = (
    *_PROBLEMS,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)
TELLING = replace(IN_ENGLISH, instance="/v1/sql", problems=_PROBLEMS)
