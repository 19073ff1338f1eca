"""The API's own queries under /v1/queries."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example, OpenAPIType, Parameter, Schema
from litestar.params import PathParameter, QueryParameter

from api.db.dependencies import get_queries
from api.db.queries import Queries
from api.http.content_negotiation import FILE_MEDIA_TYPES, JSON, TABULAR, current_format
from api.http.openapi import documented
from api.http.parameters import FURTHER_PARAMETERS, AnyRequest
from api.http.problems import ProblemError
from api.lists.export import Export, file_response
from api.v1.saved_queries import examples, library, schemas
from api.v1.saved_queries.library import UnknownQueryError
from api.v1.saved_queries.parameters import ParameterError, is_list

DEFAULT_ROWS = 100
MOST_ROWS = 10_000

Name = Annotated[str, PathParameter(description="Its name.", examples=[Example(value="score_titulo")])]
RowLimit = Annotated[
    int | None,
    QueryParameter(
        ge=1,
        le=MOST_ROWS,
        description=f"Rows to answer; {DEFAULT_ROWS} unless given. CSV, NDJSON, Parquet and Arrow answer all rows "
        "unless it is given.",
    ),
]


def _documented_rows() -> dict[str, Any]:
    """How the rows stand in the document: what else can be given is for the query to say."""
    described = documented(
        "Run a query",
        schemas.QueryRows,
        example=examples.ROWS,
        raises=(HTTPStatus.NOT_FOUND,),
        formats=FILE_MEDIA_TYPES,
    )
    operation = described["operation_class"]

    @dataclass
    class RowsOperation(operation):  # type: ignore[misc, valid-type]
        def __post_init__(self) -> None:
            super().__post_init__()
            anything = "The query's own parameters, each by its name: /v1/queries/{name} lists them with their types."
            schema = Schema(
                type=OpenAPIType.OBJECT, additional_properties=Schema(type=OpenAPIType.STRING), description=anything
            )
            own = Parameter(
                "parameters",
                "query",
                schema,
                anything,
                style="form",
                explode=True,
                examples={"score_titulo": Example(value={"nombre": "Toy Story"})},
            )
            self.parameters = [*(self.parameters or []), own]  # type: ignore[has-type]

    return {**described, "operation_class": RowsOperation}


def _own_parameters(request: AnyRequest) -> Mapping[str, bool]:
    with _as_problems():
        return is_list(library.find(get_queries(), request.path_params["name"]))


class SavedQueriesController(Controller):
    """Every query that the API asks, to be read and to be run."""

    path = "/queries"
    tags = ("Saved queries",)

    @get(
        sync_to_thread=True,
        **documented("The queries that can be run", schemas.SavedQueries, example=examples.QUERIES),
    )
    def list_queries(self, queries: NamedDependency[Queries]) -> schemas.SavedQueries:
        """All queries of the API, with their parameters and the tables that they read."""
        return schemas.SavedQueries(data=library.listed(queries))

    @get(
        "/{name:str}",
        sync_to_thread=True,
        **documented("One query", schemas.SavedQueryDetail, example=examples.QUERY, raises=(HTTPStatus.NOT_FOUND,)),
    )
    def get_query(self, queries: NamedDependency[Queries], name: Name) -> schemas.SavedQueryDetail:
        """One query, with its text and the types of its parameters."""
        with _as_problems():
            return library.described(queries, name)

    @get(
        "/{name:str}/rows",
        sync_to_thread=True,
        opt={**TABULAR, FURTHER_PARAMETERS: _own_parameters},
        **_documented_rows(),
    )
    def run_query(
        self, request: AnyRequest, queries: NamedDependency[Queries], name: Name, row_limit: RowLimit = None
    ) -> Response[Any]:
        """Run a query with parameters of its own: `?nombre=Toy Story`. What is not given is null.

        Several values for a parameter that takes a list are separated by commas.
        """
        given = {key: request.query_params.getall(key) for key in request.query_params}
        with _as_problems():
            bindings = library.values(queries, name, given)
            if current_format() != JSON:
                limited = f"limit {row_limit}" if row_limit else ""
                export = Export(name, bindings, lambda text: f"from (\n{text})\n{limited}\n")
                return file_response(request, queries, export)
            return Response(library.rows(queries, name, bindings, row_limit or DEFAULT_ROWS))


@contextmanager
def _as_problems() -> Iterator[None]:
    try:
        yield
    except UnknownQueryError as error:
        raise ProblemError(HTTPStatus.NOT_FOUND, str(error), suggestions=error.suggestions) from None
    except ParameterError as error:
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from None
