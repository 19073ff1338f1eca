"""Data quality under /v1/quality."""

from litestar import Controller
from litestar.di import NamedDependency

from api.db.queries import Queries
from api.lists.routes import list_route
from api.lists.schemas import list_params
from api.v1.explain import ExplainParams, explainable_get
from api.v1.quality import schemas
from api.v1.quality.lists import REJECTED_ROWS, UNREADABLE_CELLS, RejectedRowFilters, UnreadableCellFilters


class QualityController(Controller):
    """Reports row accounting, rejected rows and unreadable cells."""

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
