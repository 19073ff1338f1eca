"""Data quality under /v1/quality."""

from typing import Any

from litestar import Controller
from litestar.di import NamedDependency

from api.db.queries import Queries
from api.http.parameters import filters_of, query_parameter
from api.lists.endpoint import ListEndpoint
from api.lists.routes import list_route
from api.lists.schemas import list_params
from api.v1.explain import ExplainParams, explainable_get
from api.v1.quality import schemas

REJECTED_ROWS = ListEndpoint(
    query="list_rejected_rows",
    item=schemas.RejectedRow,
    key=("source_name", "row_number"),
    default_sort="source_name",
    sorts=("source_name", "row_number", "record_key", "reason"),
)
UNREADABLE_CELLS = ListEndpoint(
    query="list_unreadable_cells",
    item=schemas.UnreadableCell,
    key=("source_name", "row_number", "column_name"),
    default_sort="source_name",
    sorts=("source_name", "row_number", "record_key", "column_name"),
)


def _any_of(of: Any, description: str, example: str) -> Any:
    return query_parameter(list[of], f"{description}, separated by commas.", [example], max_length=50)


_COMMON = {
    "source": _any_of(schemas.SourceName, "Only these raw files", "movies"),
    "key": _any_of(schemas.Text, "Only records with these ids", "862"),
}
_REASON = _any_of(schemas.Reason, "Only records rejected for these reasons", "malformed_row")
_COLUMN = _any_of(schemas.Text, "Only these columns of the raw file", "budget")
RejectedRowFilters = filters_of("RejectedRowFilters", {**_COMMON, "reason": _REASON})
UnreadableCellFilters = filters_of("UnreadableCellFilters", {**_COMMON, "column": _COLUMN})


class QualityController(Controller):
    path = "/quality"
    tags = ("Quality",)

    @explainable_get("/", "Row accounting of the raw files", schemas.Quality)
    def get_quality(self, queries: NamedDependency[Queries]) -> schemas.Quality:
        """Get the number of records read, accepted and rejected per raw file, with the reasons."""
        return schemas.Quality(sources=queries.all(schemas.SourceAccount, "get_quality"))

    list_rejected_rows = list_route(
        REJECTED_ROWS,
        "/rejected-rows",
        "Rejected records",
        "List every rejected record with the first rule that it violates.",
        list_params(REJECTED_ROWS, RejectedRowFilters, ExplainParams),
    )
    list_unreadable_cells = list_route(
        UNREADABLE_CELLS,
        "/unreadable-cells",
        "Unreadable cells",
        "List the cells that are null in the marts because they do not have the type of their column.",
        list_params(UNREADABLE_CELLS, UnreadableCellFilters, ExplainParams),
    )
