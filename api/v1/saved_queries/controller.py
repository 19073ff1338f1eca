"""Saved queries under /v1/queries."""

from functools import cache
from typing import Annotated, Any

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example, OpenAPIType, Operation, Parameter, Schema

from api.db.dependencies import get_snapshot
from api.db.queries import Queries
from api.http.content_negotiation import JSON, TABULAR_FORMATS, current_format
from api.http.openapi import operation_docs
from api.http.parameters import path_parameter
from api.http.query_parser import PARAMETERS
from api.lists.export import Export, file_response
from api.lists.page_params import row_limit_parameter
from api.v1.explain import ExplainParams, explainable_get
from api.v1.saved_queries import library, schemas

DEFAULT_ROWS = 100
MAX_ROWS = 10_000

Name = Annotated[str, path_parameter("Name of the query.", "score_titulo")]
OWN_PARAMETERS = "The parameters of the query, by name. /v1/queries/{name} lists them with their types."


class RunQueryParams(ExplainParams, frozen=True, kw_only=True):
    """How many rows to return. The query's own parameters are added to them."""

    row_limit: Annotated[int, row_limit_parameter(DEFAULT_ROWS, MAX_ROWS)] | None = None

    @classmethod
    def amend_operation(cls, operation: Operation) -> None:
        """Document that the query has parameters of its own."""
        super().amend_operation(operation)
        text = Schema(type=OpenAPIType.STRING)
        schema = Schema(type=OpenAPIType.OBJECT, additional_properties=text, description=OWN_PARAMETERS)
        examples = {"score_titulo": Example(value={"nombre": "Toy Story"})}
        own = Parameter("parameters", "query", schema, OWN_PARAMETERS, style="form", explode=True, examples=examples)
        operation.parameters = [*(operation.parameters or []), own]


@cache
def _add_own_parameters(own: type[msgspec.Struct]) -> type[msgspec.Struct]:
    return msgspec.defstruct("QueryParams", [("own", own)], bases=(RunQueryParams,), frozen=True, kw_only=True)


RUN_QUERY_DOCS = operation_docs(
    "Run a query", schemas.QueryRows, parameters=RunQueryParams, raises=(404,), formats=TABULAR_FORMATS
)
RUN_QUERY_DOCS["opt"][PARAMETERS] = lambda request: _add_own_parameters(
    library.parameters_of(get_snapshot().queries, request.path_params["name"])
)


class SavedQueriesController(Controller):
    path = "/queries"
    tags = ("Saved queries",)

    @explainable_get("/", "The saved queries", schemas.SavedQueries)
    def list_queries(self, queries: NamedDependency[Queries]) -> schemas.SavedQueries:
        """List all queries of the API with their parameters and tables."""
        return schemas.SavedQueries(data=library.list_queries(queries))

    @explainable_get("/{name:str}", "One query", schemas.SavedQueryDetail, raises=(404,))
    def get_query(self, queries: NamedDependency[Queries], name: Name) -> schemas.SavedQueryDetail:
        """Get a query with its SQL and the types of its parameters."""
        return library.describe(queries, name)

    @get("/{name:str}/rows", sync_to_thread=True, **RUN_QUERY_DOCS)
    def run_query(self, queries: NamedDependency[Queries], name: Name, params: NamedDependency[Any]) -> Response[Any]:
        """Run a query with its own parameters, such as `?nombre=Toy Story`. Parameters are null by default.

        Separate the values of a list by commas.
        """
        own = msgspec.structs.asdict(params.own)
        if current_format() == JSON:
            return Response(library.run(queries, name, own, params.row_limit or DEFAULT_ROWS))
        limit = f"limit {params.row_limit}" if params.row_limit else ""
        return file_response(queries, Export(name, own, lambda text: f"from (\n{text})\n{limit}\n"))
