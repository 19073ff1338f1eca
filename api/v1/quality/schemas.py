"""Responses about the quality of the raw files."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from api.http.examples import described

SourceName = Literal["movies", "credits", "keywords", "links", "ratings"]
Reason = Literal[
    "malformed_row", "invalid_id", "missing_release_date", "invalid_release_date", "duplicate_id", "unknown_movie"
]
Text = Annotated[str, Meta(min_length=1, max_length=300)]


class RejectionCount(msgspec.Struct, frozen=True, kw_only=True):
    reason: Annotated[Reason, described("The rule.", "malformed_row")]
    row_count: Annotated[int, described("Rejected records.", 120)]


class SourceAccount(msgspec.Struct, frozen=True, kw_only=True):
    """The records of a raw file: rows_read = rows_kept + rows_rejected."""

    source_name: Annotated[SourceName, described("The raw file.", "movies")]
    rows_read: Annotated[int, described("Records in the file, without the header.", 45_466)]
    rows_kept: Annotated[int, described("Records in the marts.", 45_346)]
    rows_rejected: Annotated[int, described("Rejected records.", 120)]
    reasons: Annotated[list[RejectionCount], Meta(description="Rejected records by reason, most frequent first.")]
    unreadable_cell_count: Annotated[int, described("Unreadable cells of records in the marts.", 0)]


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    sources: Annotated[list[SourceAccount], Meta(description="The raw files, by name.")]


class RecordLocation(msgspec.Struct, frozen=True, kw_only=True):
    source_name: Annotated[SourceName, described("The raw file.", "movies")]
    row_number: Annotated[int, described("Number of the record in its file; the first after the header is 1.", 19_731)]


class RejectedRow(RecordLocation, frozen=True, kw_only=True):
    record_key: Annotated[str | None, described("Id in the record; user:film for a rating.", "1997-08-20")]
    reason: Annotated[Reason, described("The first rule that the record violates.", "malformed_row")]
    record_json: Annotated[str, described("The whole record as a JSON object.", '{"id": "1997-08-20"}')]


class UnreadableCell(RecordLocation, frozen=True, kw_only=True):
    """A cell of a record in the marts that does not have the type of its column."""

    record_key: Annotated[str, described("Film id of the record.", "862")]
    column_name: Annotated[str, described("Column of the raw file.", "budget")]
    cell_text: Annotated[str, described("The text of the cell.", "/ff9qCepilow.jpg")]
