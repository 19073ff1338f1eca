"""How an operation stands in the OpenAPI document: a summary, and every answer with an example.

    @get("/genres", **documented("Genres, with their films and money", schemas.GenrePage, example=GENRES))
    @get("/genres/{genre_id:int}", **documented("One genre", schemas.Genre, example=DRAMA, raises=(404,)))

The operation's id is its handler's name, its description the handler's docstring; both come by themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, ClassVar

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import (
    Example,
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    Parameter,
    Reference,
    Schema,
)

from api.http.problems import ENGLISH, PROBLEM_JSON, ProblemDetails, Wording, problem_type

EXPLANATION_JSON = "application/vnd.filmoteca.explanation+json"
"""What `explain=sql` answers: a media type of its own, so that no client takes it for the answer."""
BEFORE = (HTTPStatus.NOT_ACCEPTABLE, HTTPStatus.UNPROCESSABLE_ENTITY)
"""What any operation of /v1 may answer before it is asked: its parameters and its format are read first."""
NOT_EXPLAINED = "This service does not explain its answers; FILMOTECA_EXPLAIN=on in its environment lets it."


@dataclass(frozen=True, slots=True)
class Telling:
    """How one language tells what an operation answers."""

    wording: Wording
    good: str
    held: str
    instance: str
    """A path that the examples of problems happened on."""
    problems: Mapping[int, tuple[str, str | ProblemDetails]]
    """What a status means, and an example or its detail, where what the wording says is too general."""

    def problem(self, status: int) -> tuple[str, ProblemDetails]:
        """What a status means, and an example. Raises KeyError for a status that the wording has no detail for."""
        meaning, example = self.problems.get(status) or (self.wording.details[status],) * 2
        if isinstance(example, str):
            title = self.wording.title(status)
            example = ProblemDetails(
                type=problem_type(status), title=title, status=status, detail=example, instance=self.instance
            )
        return meaning, example


IN_ENGLISH = Telling(
    wording=ENGLISH,
    good="The answer.",
    held="Whoever asks holds this answer already (If-None-Match).",
    instance="/v1/movies",
    problems={
        HTTPStatus.FORBIDDEN: ("The service is set up not to explain its answers.", NOT_EXPLAINED),
        HTTPStatus.NOT_FOUND: ("Nothing bears that id or name.", "There is no movie with the id 0."),
        HTTPStatus.NOT_ACCEPTABLE: (
            "It cannot be answered in any of the formats that are asked for.",
            "This cannot be answered as image/png; right is one of: application/json (.json).",
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY: (
            "A parameter does not exist, is missing, is given twice, or has a value that it cannot have.",
            'There is no parameter "genres"; did you mean "genre"?',
        ),
    },
)


def documented(  # noqa: PLR0913 - keywords that read as a table
    summary: str,
    answer: Any,
    *,
    example: Any,
    raises: Iterable[int] = (),
    before: Iterable[int] = BEFORE,
    held: bool = True,
    formats: Iterable[str] = (),
    tried_with: Iterable[str] = (),
    telling: Telling = IN_ENGLISH,
) -> dict[str, Any]:
    """What a route decorator needs to describe its operation.

    `answer` is the type of a good answer and `example` one of them, a struct or a list of structs. `raises` are the
    statuses of the problems that the operation knows, `before` those that are met before it is asked; any may meet
    a 500. Each needs a detail in the wording. `held` says whether it may answer 304, `formats` in which media types
    besides JSON it answers, `tried_with` which parameters the page fills in though each of them may be left out.
    """
    responses = {HTTPStatus.OK: ResponseSpec(answer, False, telling.good, examples=[_example(example)])}
    if held:
        responses[HTTPStatus.NOT_MODIFIED] = ResponseSpec(None, False, telling.held)
    for status in sorted({*raises, *before, HTTPStatus.INTERNAL_SERVER_ERROR}):
        meaning, problem = telling.problem(status)
        responses[HTTPStatus(status)] = ResponseSpec(type(problem), False, meaning, PROBLEM_JSON, [_example(problem)])
    further = {"formats": tuple(formats), "tried_with": frozenset(tried_with)}
    operation = type("DocumentedOperation", (DocumentedOperation,), further)
    return {"summary": summary, "responses": responses, "operation_class": operation}


@dataclass
class WholeExample(Example):
    """An example with its nulls: litestar would leave them out, though the schema asks for them."""

    def to_schema(self) -> dict[str, Any]:
        """The example as it stands in the document."""
        return {"value": self.value}


def _example(value: Any) -> Example:
    return WholeExample(value=msgspec.to_builtins(value))


@dataclass
class DocumentedOperation(Operation):
    """An operation as litestar describes it, and what litestar has no words for."""

    formats: ClassVar[tuple[str, ...]] = ()
    """The media types of a good answer besides JSON."""
    tried_with: ClassVar[frozenset[str]] = frozenset()
    """The parameters that keep their examples though they may be left out."""

    def __post_init__(self) -> None:
        # For a wrong parameter litestar foretells a 400 of its own making; here that is a 422.
        self.responses = {
            status: answer for status, answer in (self.responses or {}).items() if _is_ours(status, answer)
        }
        good = self.responses.get(str(HTTPStatus.OK.value))
        if isinstance(good, OpenAPIResponse) and good.content:
            good.content.update({media_type: OpenAPIMediaType(schema=Schema()) for media_type in self.formats})
        if any(isinstance(parameter, Parameter) and parameter.name == "explain" for parameter in self.parameters or []):
            self._foretell_explanations()
        for parameter in self.parameters or []:
            if isinstance(parameter, Parameter) and isinstance(parameter.schema, Schema):
                _forget_null(parameter.schema)
                if not parameter.required and parameter.name not in self.tried_with:
                    _tell_example(parameter, parameter.schema)

    def _foretell_explanations(self) -> None:
        """`explain=sql` may be asked: that has an answer and a problem of its own."""
        responses = self.responses or {}
        good, failed = responses[str(HTTPStatus.OK.value)], responses[str(HTTPStatus.INTERNAL_SERVER_ERROR.value)]
        if not (isinstance(good, OpenAPIResponse) and good.content):
            return
        good.content[EXPLANATION_JSON] = OpenAPIMediaType(schema=Schema(type=OpenAPIType.OBJECT))
        if isinstance(failed, OpenAPIResponse) and failed.content:
            meaning, problem = IN_ENGLISH.problem(HTTPStatus.FORBIDDEN)
            told = replace(failed.content[PROBLEM_JSON], examples={"403-example": _example(problem)})
            responses[str(HTTPStatus.FORBIDDEN.value)] = OpenAPIResponse(meaning, content={PROBLEM_JSON: told})


def _is_ours(status: str, answer: OpenAPIResponse | Reference) -> bool:
    content = answer.content if isinstance(answer, OpenAPIResponse) else None
    return int(status) < HTTPStatus.BAD_REQUEST or PROBLEM_JSON in (content or {})


def _tell_example(parameter: Parameter, schema: Schema) -> None:
    """Put the example of what may be left out into words: the page would fill it in and ask for all filters at once."""
    if not parameter.examples:
        return
    values = [example.value for example in parameter.examples.values() if isinstance(example, Example)]
    told = " or ".join(",".join(map(str, value)) if isinstance(value, list) else str(value) for value in values)
    parameter.description = f"{parameter.description} For example: {told}"
    parameter.examples = schema.examples = None


def _forget_null(schema: Schema) -> None:
    """Make `X or null` an `X`: who has no value for a parameter leaves it out, and cannot send a null."""
    if isinstance(schema.type, list):
        types = [kind for kind in schema.type if kind != OpenAPIType.NULL]
        schema.type = types[0] if len(types) == 1 else types
        schema.enum = [value for value in schema.enum or () if value is not None] or None
    kinds = [kind for kind in schema.one_of or () if isinstance(kind, Schema) and kind.type != OpenAPIType.NULL]
    if len(kinds) == 1:
        schema.one_of = None
        for name in Schema.__dataclass_fields__:
            if getattr(schema, name) is None:
                setattr(schema, name, getattr(kinds[0], name))
