"""Documentation of operations in the OpenAPI document.

    @get("/genres", **operation_docs("Genres with their films", GenrePage, example=GENRES, parameters=GenreParams))
    @get("/genres/{genre_id:int}", **operation_docs("One genre", Genre, example=DRAMA, raises=(404,)))

The operation id is the name of the handler and the description its docstring.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, ClassVar, cast

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example, OpenAPIMediaType, OpenAPIResponse, Operation, Parameter, Reference, Schema

from api.http.content_negotiation import FORMATS, JSON, MEDIA_TYPES
from api.http.examples import example_of
from api.http.problems import ENGLISH, PROBLEM_JSON, ProblemDetails, Wording, problem_type
from api.http.query_parser import PARAMETERS, NoParameters, QueryParameter, query_parser

IS_CONDITIONAL = "is_conditional"
"""Key of `operation_docs`' argument in the `opt` of an operation."""
COMMON_ERRORS = (HTTPStatus.NOT_ACCEPTABLE, HTTPStatus.UNPROCESSABLE_ENTITY)
"""The problems of every operation of /v1: its format and its parameters are checked first."""


@dataclass(frozen=True, slots=True)
class OperationTexts:
    """What the documentation of operations says in one language."""

    wording: Wording
    success: str
    not_modified: str
    instance: str
    """The path in the examples of problems."""
    problems: Mapping[int, tuple[str, str | ProblemDetails]]
    """By status, a description and an example (or its detail), where the wording's detail is too general."""

    def problem(self, status: int) -> tuple[str, ProblemDetails]:
        """Return the description and an example of a problem. Raises KeyError for a status without texts."""
        description, example = self.problems.get(status) or (self.wording.details[status],) * 2
        if isinstance(example, str):
            title = self.wording.title(status)
            example = ProblemDetails(
                type=problem_type(status), title=title, status=status, detail=example, instance=self.instance
            )
        return description, example


ENGLISH_TEXTS = OperationTexts(
    wording=ENGLISH,
    success="Success.",
    not_modified="Not modified.",
    instance="/v1/movies",
    problems={
        HTTPStatus.NOT_FOUND: ("There is nothing with that id or name.", "No film with id 0."),
        HTTPStatus.NOT_ACCEPTABLE: (
            "None of the requested formats is available.",
            "The format image/png is not available. Available formats: application/json (.json).",
        ),
        HTTPStatus.UNPROCESSABLE_ENTITY: (
            "A parameter is unknown, missing, repeated or invalid.",
            "Unknown parameter `genres`. Did you mean `genre`?",
        ),
    },
)


def operation_docs(  # noqa: PLR0913 - keywords that read as a table
    summary: str,
    answer: Any,
    *,
    example: Any = None,
    path_parameters: Sequence[Parameter] = (),
    parameters: type[msgspec.Struct] = NoParameters,
    raises: Iterable[int] = (),
    common_errors: Iterable[int] = COMMON_ERRORS,
    is_conditional: bool = True,
    formats: Iterable[str] = (JSON,),
    prefilled: Iterable[str] = (),
    texts: OperationTexts = ENGLISH_TEXTS,
) -> dict[str, Any]:
    """Return the arguments of a route decorator that describe the operation.

    Args:
        summary: A line about the operation.
        answer: The type of a successful response.
        example: A successful response; made of the examples of its fields unless given.
        path_parameters: The parameters in the path, if they are not arguments of the handler.
        parameters: The struct of the query parameters.
        raises: The statuses of the operation's own problems. Every operation can fail with status 500.
        common_errors: The statuses of the problems that are raised before the operation is called.
        is_conditional: Whether a conditional request can return 304.
        formats: The formats of the response.
        prefilled: Optional parameters whose examples Swagger UI fills in.
        texts: The texts in the language of the operation.
    """
    success = _WholeExample(value=example or example_of(answer))
    responses = {HTTPStatus.OK: ResponseSpec(answer, False, texts.success, examples=[success])}
    if is_conditional:
        responses[HTTPStatus.NOT_MODIFIED] = ResponseSpec(None, False, texts.not_modified)
    for status in sorted({*raises, *common_errors, HTTPStatus.INTERNAL_SERVER_ERROR}):
        description, problem = texts.problem(status)
        responses[HTTPStatus(status)] = ResponseSpec(
            type(problem), False, description, PROBLEM_JSON, [_WholeExample(value=problem)]
        )
    media_types = tuple(MEDIA_TYPES[format_] for format_ in formats if format_ != JSON)
    attributes = {
        "media_types": media_types,
        "path_parameters": path_parameters,
        "struct": parameters,
        "prefilled": frozenset(prefilled),
    }
    return {
        "summary": summary,
        "responses": responses,
        "operation_class": type("DocumentedOperation", (DocumentedOperation,), attributes),
        "opt": {FORMATS: tuple(formats), PARAMETERS: parameters, IS_CONDITIONAL: is_conditional},
    }


class _WholeExample(Example):
    """An example with its nulls, which the schema requires and Litestar would leave out."""

    def to_schema(self) -> dict[str, Any]:
        return {"value": msgspec.to_builtins(self.value)}


@dataclass
class DocumentedOperation(Operation):
    """An operation with its query parameters, and without the 400 that Litestar would document."""

    media_types: ClassVar[tuple[str, ...]] = ()
    """The media types of a successful response besides JSON."""
    path_parameters: ClassVar[Sequence[Parameter]] = ()
    """The parameters in the path, if they are not arguments of the handler that Litestar documents."""
    struct: ClassVar[type[msgspec.Struct]] = NoParameters
    """The struct of the query parameters. If it has a class method `amend_operation`, that can change the operation."""
    prefilled: ClassVar[frozenset[str]] = frozenset()

    def __post_init__(self) -> None:
        self.responses = {
            status: response for status, response in (self.responses or {}).items() if _is_own(status, response)
        }
        success = self.responses.get(str(HTTPStatus.OK.value))
        if isinstance(success, OpenAPIResponse) and success.content:
            success.content.update({media_type: OpenAPIMediaType(schema=Schema()) for media_type in self.media_types})
        path_parameters = self.path_parameters or self.parameters or []
        query = query_parser(self.struct).parameters.values()
        described = (_document(parameter, is_prefilled=parameter.name in self.prefilled) for parameter in query)
        self.parameters = [*path_parameters, *described] or None
        if amend := getattr(self.struct, "amend_operation", None):
            amend(self)


def _document(parameter: QueryParameter, *, is_prefilled: bool) -> Parameter:
    """Document a query parameter.

    The example of an optional one is described in words: Swagger UI would fill it in and apply all filters.
    """
    schema = dict(parameter.schema)
    description, examples = schema["description"], schema.get("examples", [])
    documented = None
    if parameter.is_required or is_prefilled:
        documented = {f"{parameter.name}-example-{n}": Example(value=one) for n, one in enumerate(examples, start=1)}
    elif examples:
        texts = (",".join(map(str, one)) if isinstance(one, list) else str(one) for one in schema.pop("examples"))
        description = f"{description} For example: {' or '.join(texts)}"
    return Parameter(
        name=parameter.name,
        param_in="query",
        description=description,
        required=parameter.is_required,
        schema=cast(Schema, schema),
        examples=documented,
    )


def add_problem(operation: Operation, status: HTTPStatus, description: str, detail: str) -> None:
    """Document a further problem of an operation; its schema is that of the 500, which every operation documents."""
    responses = operation.responses or {}
    failure = responses[str(HTTPStatus.INTERNAL_SERVER_ERROR.value)]
    if isinstance(failure, OpenAPIResponse) and failure.content:
        texts = replace(ENGLISH_TEXTS, problems={status: (description, detail)})
        example = _WholeExample(value=texts.problem(status)[1])
        content = replace(failure.content[PROBLEM_JSON], examples={f"{status.value}-example": example})
        responses[str(status.value)] = OpenAPIResponse(description, content={PROBLEM_JSON: content})


def _is_own(status: str, response: OpenAPIResponse | Reference) -> bool:
    content = response.content if isinstance(response, OpenAPIResponse) else None
    return int(status) < HTTPStatus.BAD_REQUEST or PROBLEM_JSON in (content or {})
