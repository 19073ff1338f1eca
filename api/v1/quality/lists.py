"""The lists of rejected rows and unreadable cells, and their filters."""

from typing import Annotated, Any

import msgspec

from api.http.parameters import query_parameter
from api.lists.endpoint import ListEndpoint
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
    return query_parameter(list[of], f"{description}, separated by commas.", [example], max_items=50)


Text = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Sources = _any_of(schemas.SourceName, "Only these raw files", "movies")
Keys = _any_of(Text, "Only records with these ids", "862")
Reasons = _any_of(schemas.Reason, "Only records rejected for these reasons", "malformed_row")
Columns = _any_of(Text, "Only these columns of the raw file", "budget")


class RejectedRowFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Filters of rejected rows."""

    source: Sources = None  # type: ignore[valid-type]
    reason: Reasons = None  # type: ignore[valid-type]
    key: Keys = None  # type: ignore[valid-type]


class UnreadableCellFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Filters of unreadable cells."""

    source: Sources = None  # type: ignore[valid-type]
    column: Columns = None  # type: ignore[valid-type]
    key: Keys = None  # type: ignore[valid-type]
