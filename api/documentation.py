"""How an operation stands in the OpenAPI document: a summary, and every answer with an example.

    @get("/genres", **documented("Genres, with their films and money", schemas.GenrePage, example=GENRES))
    @get("/genres/{genre_id:int}", **documented("One genre", schemas.Genre, example=DRAMA, raises=(404, 422)))

The operation's id is its handler's name, its description the handler's docstring; both come by themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example, OpenAPIMediaType, OpenAPIResponse, Operation, Schema

from api.problems import ENGLISH, PROBLEM_JSON, ProblemDetails, Wording, problem_type


@dataclass(frozen=True, slots=True)
class Telling:
    """How one language tells what an operation answers."""

    wording: Wording
    good: str
    held: str
    instance: str
    """A path that the examples of problems happened on."""
    problems: Mapping[int, ProblemDetails] = field(default_factory=dict)
    """Examples that say more than the wording, by status."""

    def problem(self, status: int) -> ProblemDetails:
        """An example of the problem that this status stands for. Raises KeyError for a status without wording."""
        return self.problems.get(status) or ProblemDetails(
            type=problem_type(status),
            title=self.wording.title(status),
            status=status,
            detail=self.wording.details[status],
            instance=self.instance,
        )


IN_ENGLISH = Telling(
    wording=ENGLISH,
    good="The answer.",
    held="Whoever asks holds this answer already (If-None-Match).",
    instance="/v1/movies",
)


def documented(  # noqa: PLR0913 - keywords that read as a table
    summary: str,
    answer: Any,
    *,
    example: Any,
    raises: Iterable[int] = (HTTPStatus.UNPROCESSABLE_ENTITY,),
    held: bool = True,
    formats: Iterable[str] = (),
    telling: Telling = IN_ENGLISH,
) -> dict[str, Any]:
    """What a route decorator needs to describe its operation.

    `answer` is the type of a good answer and `example` one of them, a struct or a list of structs. `raises` are the
    statuses of the problems the operation knows, besides the 500 that any may meet; `held` says whether it may
    answer 304, `formats` in which media types besides JSON. A status is told by the details of `telling.wording`.
    """
    responses = {HTTPStatus.OK: ResponseSpec(answer, False, telling.good, examples=[_example(example)])}
    if held:
        responses[HTTPStatus.NOT_MODIFIED] = ResponseSpec(None, False, telling.held)
    for status in sorted({*raises, HTTPStatus.INTERNAL_SERVER_ERROR}):
        problem = telling.problem(status)
        description = telling.wording.details[status]
        responses[HTTPStatus(status)] = ResponseSpec(
            type(problem), False, description, PROBLEM_JSON, [_example(problem)]
        )
    return {"summary": summary, "responses": responses, "operation_class": _operation_in(tuple(formats))}


def _example(value: Any) -> Example:
    return Example(value=msgspec.to_builtins(value))


def _operation_in(formats: tuple[str, ...]) -> type[Operation]:
    """An operation whose good answer comes in these media types too; litestar itself documents one per status."""

    class OperationInFormats(Operation):
        def __post_init__(self) -> None:
            good = (self.responses or {}).get(str(HTTPStatus.OK.value))
            if isinstance(good, OpenAPIResponse) and good.content:
                good.content.update({media_type: OpenAPIMediaType(schema=Schema()) for media_type in formats})

    return OperationInFormats if formats else Operation
