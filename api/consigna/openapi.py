"""The OpenAPI description of the assignment's questions, in Spanish."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar

from litestar.openapi.spec import Example, OpenAPIType, Parameter, Schema
from msgspec.structs import replace

from api.consigna.lookups import MAX_NAME_LENGTH, Lookup
from api.consigna.questions import Question
from api.consigna.schemas.common import NombreDesconocido, ParametroInvalido, Respuesta
from api.consigna.wording import SPANISH
from api.http.examples import example_of
from api.http.openapi import DocumentedOperation, OperationTexts, operation_docs
from api.http.problems import problem_type

NOT_FOUND = NombreDesconocido(
    type=problem_type(404),
    title=SPANISH.title(404),
    status=404,
    detail="No hay ninguna película titulada «Toy Storry». ¿Buscaba «Toy Story»?",
    instance="/score-titulo/Toy%20Storry",
    sugerencias=["Toy Story", "Toy Story 2"],
)
INVALID_PARAMETER = ParametroInvalido(
    type=problem_type(422),
    title=SPANISH.title(422),
    status=422,
    detail="No existe el parámetro «ano». ¿Quiso decir «anio»? Se aceptan: anio, id.",
    instance="/score-titulo/Titanic",
    valores_aceptados=["anio", "id"],
)
SPANISH_TEXTS = OperationTexts(
    wording=SPANISH,
    success="La respuesta.",
    not_modified="La respuesta no cambió desde la que el cliente ya tiene (If-None-Match).",
    instance="/score-titulo/Titanic",
    problems={
        HTTPStatus.NOT_FOUND: ("Nada tiene ese nombre.", NOT_FOUND),
        HTTPStatus.UNPROCESSABLE_ENTITY: ("Un parámetro no es válido.", INVALID_PARAMETER),
    },
)


@dataclass
class QuestionOperation(DocumentedOperation):
    """An operation whose handler parses the name in the path itself."""

    lookup: ClassVar[Lookup]

    def __post_init__(self) -> None:
        self.parameters = [document_name(self.lookup)]
        super().__post_init__()


def document_question(question: Question) -> dict[str, Any]:
    """Return what the route decorator of a question needs to describe it."""
    problems = [] if question.lookup.accepted else [HTTPStatus.NOT_FOUND]
    options = operation_docs(
        question.summary,
        question.body_type or question.answer,
        example=_example(question.answer),
        parameters=question.parameters or question.lookup.parameters,
        raises=(*problems, HTTPStatus.UNPROCESSABLE_ENTITY),
        common_errors=(),
        texts=SPANISH_TEXTS,
    )
    bases = (QuestionOperation, options["operation_class"])
    operation = type("QuestionOperation", bases, {"lookup": question.lookup})
    return {**options, "operation_class": operation, "description": question.answer.__doc__}


def _example(answer: type[Respuesta]) -> Respuesta:
    example = example_of(answer)
    return replace(example, mensaje=example.sentence())


def document_name(lookup: Lookup) -> Parameter:
    """Describe the name in the path. Of its accepted spellings, only the full Spanish names and numbers are listed."""
    numbers = map(str, range(1, len(lookup.accepted) + 1)) if lookup.accepts_numbers else ()
    return Parameter(
        name=lookup.path_parameter,
        param_in="path",
        required=True,
        description=lookup.description,
        examples={
            f"{lookup.path_parameter}-example-{number}": Example(value=example)
            for number, example in enumerate(lookup.examples, start=1)
        },
        schema=Schema(
            type=OpenAPIType.STRING,
            description=lookup.description,
            examples=list(lookup.examples),
            min_length=1,
            max_length=MAX_NAME_LENGTH,
            enum=[*lookup.accepted, *numbers] or None,
        ),
    )
