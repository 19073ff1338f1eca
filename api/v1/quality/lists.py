"""The lists of rejected rows and unreadable cells, and their filters."""

from typing import Annotated, Any

import msgspec

from api.http.parameters import filters_of, query_parameter
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
_SOURCE = _any_of(schemas.SourceName, "Only these raw files", "movies")
_KEY = _any_of(Text, "Only records with these ids", "862")
_REASON = _any_of(schemas.Reason, "Only records rejected for these reasons", "malformed_row")
_COLUMN = _any_of(Text, "Only these columns of the raw file", "budget")

RejectedRowFilters = filters_of("RejectedRowFilters", {"source": _SOURCE, "reason": _REASON, "key": _KEY})
UnreadableCellFilters = filters_of("UnreadableCellFilters", {"source": _SOURCE, "column": _COLUMN, "key": _KEY})
