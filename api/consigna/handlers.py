"""The handlers of the assignment's questions, made from their table."""

from typing import Any

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.types import Scope

from api.consigna.lookups import find_row
from api.consigna.openapi import document_question
from api.consigna.parameters import parse_parameters
from api.consigna.path_names import parse_path_name
from api.consigna.questions import QUESTIONS, Question
from api.db.queries import Queries
from api.http.request_hooks import check_not_modified
from recommender.index import RecommenderIndex


def create_router() -> Router:
    """Return the router of the assignment's questions."""
    return Router(
        "/",
        route_handlers=[create_handler(question) for question in QUESTIONS],
        before_request=check_not_modified,
        tags=["Consigna"],
    )


def create_handler(question: Question) -> HTTPRouteHandler:
    """Return the handler of a question."""
    schema = question.parameters or question.lookup.parameters

    def handle(scope: Scope, queries: NamedDependency[Queries], recommender: NamedDependency[RecommenderIndex]) -> Any:
        name = parse_path_name(scope["raw_path"], scope["query_string"], schema.__struct_fields__)
        parameters = parse_parameters(schema, name.parameters)
        row = find_row(queries, question.name, question.lookup, name, parameters)
        answer = question.answer.from_row({**row, **question.details(queries, recommender, row)})
        return question.body(answer, parameters)

    handle.__name__ = question.name
    path = f"{question.path}/{{{question.lookup.path_parameter}:path}}"
    return get(path, sync_to_thread=True, **document_question(question))(handle)
