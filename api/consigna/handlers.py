"""The handlers of the assignment's questions, made from their table, and their OpenAPI documentation."""

from http import HTTPStatus
from typing import Any

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.spec import Example, OpenAPIType, Parameter, Schema
from litestar.types import Scope
from msgspec.structs import replace

from api.consigna.lookups import LOOKUPS, MAX_NAME_LENGTH, Lookup, find_row
from api.consigna.path_names import parse_path_name
from api.consigna.problems import SPANISH_TEXTS, check_columns
from api.consigna.questions import QUESTIONS, Question
from api.db.snapshots import Snapshot
from api.http.examples import example_of
from api.http.openapi import operation_docs
from api.http.request_hooks import check_not_modified


def create_router() -> Router:
    """Return the router of the assignment's questions."""
    return Router(
        "/",
        route_handlers=[handler for question in QUESTIONS for handler in create_handlers(question)],
        before_request=check_not_modified,
        tags=["Consigna"],
    )


def create_handlers(question: Question) -> list[HTTPRouteHandler]:
    """Return the handler of a question, and that of its other paths, which only the description mentions."""
    lookup = LOOKUPS[question.path_parameter]
    example = example_of(question.answer)
    documentation = operation_docs(
        question.summary,
        question.body_type or question.answer,
        example=replace(example, mensaje=example.sentence()),
        path_parameters=[document_name(question.path_parameter, lookup)],
        parameters=question.parameters,
        raises=(HTTPStatus.UNPROCESSABLE_ENTITY, *((HTTPStatus.NOT_FOUND,) if lookup.kind else ())),
        common_errors=(),
        texts=SPANISH_TEXTS,
    )

    def handle(scope: Scope, snapshot: NamedDependency[Snapshot]) -> Any:
        name = parse_path_name(scope["raw_path"], scope["query_string"], question.parameters)
        check_columns(snapshot, question.columns)
        row = find_row(snapshot, question.name, lookup, name)
        return question.build(snapshot, row, name.parameters) if question.build else question.answer.from_row(row)

    aliases = f"\n\nOtras rutas: {', '.join(f'`{alias}/`' for alias in question.aliases)}." if question.aliases else ""
    handle.__name__, handle.__doc__ = question.name, f"{question.answer.__doc__}{aliases}"
    parameter = f"/{{{question.path_parameter}:path}}"
    own = get(question.path + parameter, sync_to_thread=True, **documentation)(handle)
    others = (get(alias + parameter, sync_to_thread=True, include_in_schema=False) for alias in question.aliases)
    return [own, *(decorate(handle) for decorate in others)]


def document_name(path_parameter: str, lookup: Lookup) -> Parameter:
    """Describe the name in the path. Of its accepted spellings, only the full Spanish names and numbers are listed."""
    numbers = [str(number) for number, _ in enumerate(lookup.accepted, start=1)]
    return Parameter(
        name=path_parameter,
        param_in="path",
        required=True,
        description=lookup.description,
        examples={f"example-{number}": Example(value=text) for number, text in enumerate(lookup.examples, start=1)},
        schema=Schema(
            type=OpenAPIType.STRING,
            description=lookup.description,
            min_length=1,
            max_length=MAX_NAME_LENGTH,
            enum=[*lookup.accepted, *numbers] or None,
        ),
    )
