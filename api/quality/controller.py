"""What became of the raw records, under /v1/quality."""

from typing import Any

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency

from api.documentation import documented
from api.listing import PageAsked, answer, listed
from api.parameters import AnyRequest, provide_from
from api.quality import examples, schemas
from api.quality.filters import RejectedRowFilters, UnreadableCellFilters
from api.quality.listings import REJECTED_ROWS, UNREADABLE_CELLS
from api.queries import Queries


class QualityController(Controller):
    """Row accounting, the quarantine, and cells that could not be read."""

    path = "/quality"
    tags = ("Quality",)

    @get(sync_to_thread=True, **documented("Where every raw record went", schemas.Quality, example=examples.QUALITY))
    def get_quality(self, queries: NamedDependency[Queries]) -> schemas.Quality:
        """How many records each raw file has, how many are kept, and why the others are not."""
        return schemas.Quality(sources=queries.all(schemas.SourceAccount, "get_quality"))

    @get(
        "/rejected-rows",
        dependencies={"page": REJECTED_ROWS.parameters, "filters": provide_from(RejectedRowFilters)},
        **listed(REJECTED_ROWS, "Rejected records", examples.REJECTED_ROW),
    )
    def list_rejected_rows(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        page: NamedDependency[PageAsked],
        filters: NamedDependency[RejectedRowFilters],
    ) -> Response[Any]:
        """The quarantine: every record that no mart holds, whole, with the rule that put it there."""
        return answer(request, queries, REJECTED_ROWS, page, msgspec.structs.asdict(filters))

    @get(
        "/unreadable-cells",
        dependencies={"page": UNREADABLE_CELLS.parameters, "filters": provide_from(UnreadableCellFilters)},
        **listed(UNREADABLE_CELLS, "Unreadable cells", examples.UNREADABLE_CELL),
    )
    def list_unreadable_cells(
        self,
        request: AnyRequest,
        queries: NamedDependency[Queries],
        page: NamedDependency[PageAsked],
        filters: NamedDependency[UnreadableCellFilters],
    ) -> Response[Any]:
        """Cells of kept records that are null in the marts because they are not what their column holds."""
        return answer(request, queries, UNREADABLE_CELLS, page, msgspec.structs.asdict(filters))
