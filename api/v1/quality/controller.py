"""What became of the raw records, under /v1/quality."""

from litestar import Controller, get
from litestar.di import NamedDependency

from api.db.queries import Queries
from api.http.openapi import operation_docs
from api.lists.routes import list_route
from api.lists.schemas import list_params
from api.v1.explain import ExplainParams
from api.v1.quality import schemas
from api.v1.quality.filters import RejectedRowFilters, UnreadableCellFilters
from api.v1.quality.listings import REJECTED_ROWS, UNREADABLE_CELLS


class QualityController(Controller):
    """Row accounting, the quarantine, and cells that could not be read."""

    path = "/quality"
    tags = ("Quality",)

    @get(
        sync_to_thread=True,
        **operation_docs("Where every raw record went", schemas.Quality, parameters=ExplainParams),
    )
    def get_quality(self, queries: NamedDependency[Queries]) -> schemas.Quality:
        """How many records each raw file has, how many are kept, and why the others are not."""
        return schemas.Quality(sources=queries.all(schemas.SourceAccount, "get_quality"))

    list_rejected_rows = list_route(
        REJECTED_ROWS,
        "/rejected-rows",
        "Rejected records",
        "The quarantine: every record that no mart holds, whole, with the rule that put it there.",
        list_params(REJECTED_ROWS, RejectedRowFilters, ExplainParams),
    )
    list_unreadable_cells = list_route(
        UNREADABLE_CELLS,
        "/unreadable-cells",
        "Unreadable cells",
        "Cells of kept records that are null in the marts because they are not what their column holds.",
        list_params(UNREADABLE_CELLS, UnreadableCellFilters, ExplainParams),
    )
