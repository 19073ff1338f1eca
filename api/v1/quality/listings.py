"""What can be listed of the quality of the raw files."""

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
