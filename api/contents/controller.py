"""What the warehouse holds: /v1/build and /v1/tables."""

from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import PathParameter

from api.contents import examples, schemas
from api.documentation import documented
from api.listing import Listing, PageAsked, answer, listed
from api.parameters import AnyRequest
from api.problems import ProblemError
from api.queries import Queries

TABLES = Listing(
    query="list_tables",
    item=schemas.Table,
    key=("table_schema", "table_name"),
    default_sort="table_schema",
    sorts={name: name for name in ("table_schema", "table_name", "row_count", "column_count")},
)


class ContentsController(Controller):
    """The build, and the tables that SQL users find in it."""

    path = "/"
    tags = ("Warehouse",)

    @get("/build", sync_to_thread=True, **documented("The build", schemas.BuildInfo, example=examples.BUILD))
    def get_build(self, queries: NamedDependency[Queries]) -> schemas.BuildInfo:
        """From which files, by which versions and in how many seconds the warehouse was built."""
        (build,) = queries.all(schemas.BuildInfo, "get_build")
        return build

    @get(
        "/tables",
        dependencies={"page": TABLES.parameters},
        **listed(TABLES, "The public tables", examples.TABLE),
    )
    def list_tables(
        self, request: AnyRequest, queries: NamedDependency[Queries], page: NamedDependency[PageAsked]
    ) -> Response[Any]:
        """The tables that ad-hoc SQL and any DuckDB client can query, with what a row of each is."""
        return answer(request, queries, TABLES, page, {})

    @get(
        "/tables/{table_schema:str}/{table_name:str}",
        sync_to_thread=True,
        **documented(
            "One public table",
            schemas.TableDetail,
            example=examples.TABLE_DETAIL,
            raises=(HTTPStatus.NOT_FOUND,),
        ),
    )
    def get_table(
        self,
        queries: NamedDependency[Queries],
        table_schema: Annotated[str, PathParameter(description="Its schema.", examples=[Example(value="marts")])],
        table_name: Annotated[str, PathParameter(description="Its name.", examples=[Example(value="dim_movies")])],
    ) -> schemas.TableDetail:
        """One table with its columns, their types and what they mean."""
        if row := queries.first("get_table", table_schema=table_schema, table_name=table_name):
            return msgspec.convert(row, schemas.TableDetail)
        nearest = [row["name"] for row in queries.rows("suggest_tables", table_name=table_name)]
        meant = f" Did you mean {' or '.join(nearest)}?" if nearest else " /v1/tables lists them."
        raise ProblemError(
            HTTPStatus.NOT_FOUND, f"There is no public table {table_schema}.{table_name}.{meant}", suggestions=nearest
        )
