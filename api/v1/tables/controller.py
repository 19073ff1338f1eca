"""The build and the public tables under /v1/build and /v1/tables."""

from difflib import get_close_matches
from typing import Annotated, Any

import msgspec
from litestar import Controller, Response
from litestar.di import NamedDependency

from api.db.queries import Queries, Row
from api.http.content_negotiation import JSON, TABULAR_FORMATS, current_format
from api.http.parameters import filters_of, path_parameter
from api.http.problems import not_found
from api.lists.endpoint import ListEndpoint
from api.lists.export import Export, file_response
from api.lists.page_params import DEFAULT_LIMIT, MAX_LIMIT, row_limit_parameter
from api.lists.routes import list_route
from api.lists.schemas import list_params
from api.v1.explain import ExplainParams, explainable_get
from api.v1.tables import schemas

TABLES = ListEndpoint(
    query="list_tables",
    item=schemas.Table,
    key=("table_schema", "table_name"),
    default_sort="table_schema",
    sorts=("table_schema", "table_name", "row_count", "column_count"),
)

TableSchema = Annotated[str, path_parameter("Schema.", "marts")]
TableName = Annotated[str, path_parameter("Name of the table.", "dim_movies")]


class TableRowsParams(ExplainParams, frozen=True, kw_only=True):
    limit: Annotated[int, row_limit_parameter(DEFAULT_LIMIT, MAX_LIMIT)] | None = None


class TablesController(Controller):
    path = "/"
    tags = ("Warehouse",)

    @explainable_get("/build", "The build", schemas.BuildInfo)
    def get_build(self, queries: NamedDependency[Queries]) -> schemas.BuildInfo:
        """Get the raw files, versions and step durations of the build."""
        (build,) = queries.all(schemas.BuildInfo, "get_build")
        return build

    list_tables = list_route(
        TABLES,
        "/tables",
        "The public tables",
        "List the tables that ad-hoc SQL and any DuckDB client can query, with their grain.",
        list_params(TABLES, filters_of("NoFilters", {}), ExplainParams),
    )

    @explainable_get(
        "/tables/{table_schema:str}/{table_name:str}", "One public table", schemas.TableDetail, raises=(404,)
    )
    def get_table(
        self, queries: NamedDependency[Queries], table_schema: TableSchema, table_name: TableName
    ) -> schemas.TableDetail:
        """Get a table with its columns, their types and descriptions."""
        return msgspec.convert(_find_table(queries, table_schema, table_name), schemas.TableDetail)

    @explainable_get(
        "/tables/{table_schema:str}/{table_name:str}/rows",
        "The rows of a table",
        schemas.TableRows,
        parameters=TableRowsParams,
        raises=(404,),
        formats=TABULAR_FORMATS,
    )
    def get_table_rows(
        self,
        queries: NamedDependency[Queries],
        table_schema: TableSchema,
        table_name: TableName,
        params: NamedDependency[TableRowsParams],
    ) -> Response[Any]:
        """Get the first rows of a table in storage order, or all rows as a file."""
        table = _find_table(queries, table_schema, table_name)
        # The names come from the catalog, not from the request.
        source = f'from "{table["table_schema"]}"."{table["table_name"]}"'
        if current_format() != JSON:
            limited = f"{source} limit {params.limit}" if params.limit else source
            return file_response(queries, Export("get_table", {}, lambda _: limited, table["table_name"]))
        limit = params.limit or DEFAULT_LIMIT
        rows = queries.run("get_table", {}, lambda _: f"{source} limit {limit + 1}")
        data = rows[:limit]
        return Response(schemas.TableRows(data=data, row_count=len(data), is_truncated=len(rows) > limit))


def _find_table(queries: Queries, table_schema: str, table_name: str) -> Row:
    if row := queries.first("get_table", table_schema=table_schema, table_name=table_name):
        return row
    tables = {row["table_name"]: f"{row['table_schema']}.{row['table_name']}" for row in queries.rows("list_tables")}
    names = [tables[name] for name in get_close_matches(table_name.lower(), tables, n=5)]
    hint = f"Did you mean {' or '.join(names)}?" if names else "List all tables: /v1/tables"
    raise not_found(f"No public table {table_schema}.{table_name}. {hint}", suggestions=names)
