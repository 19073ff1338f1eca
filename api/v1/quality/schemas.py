"""What became of the raw records, as /v1 answers it."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

SourceName = Literal["movies", "credits", "keywords", "links", "ratings"]
Reason = Literal["malformed_row", "missing_release_date", "invalid_release_date", "duplicate_id", "unknown_movie"]

Source = Annotated[SourceName, Meta(description="The raw file.", examples=["movies"])]
RowNumber = Annotated[
    int, Meta(description="Number of the record in its file, from 1 behind the header.", examples=[19_731])
]
RejectionReason = Annotated[
    Reason, Meta(description="The first rule that the record broke.", examples=["malformed_row"])
]


class RejectionCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many records broke a rule."""

    reason: RejectionReason
    row_count: Annotated[int, Meta(description="Records that broke it first.", examples=[3])]


class SourceAccount(msgspec.Struct, frozen=True, kw_only=True):
    """Where the records of a raw file went: rows_read = rows_kept + rows_rejected."""

    source_name: Source
    rows_read: Annotated[int, Meta(description="Records in the file, the header not counted.", examples=[45_466])]
    rows_kept: Annotated[int, Meta(description="Records that the marts hold.", examples=[45_346])]
    rows_rejected: Annotated[int, Meta(description="Records in the quarantine.", examples=[120])]
    reasons: Annotated[
        list[RejectionCount],
        Meta(description="Why they were rejected, the most frequent first; adds up to rows_rejected."),
    ]
    unreadable_cell_count: Annotated[
        int, Meta(description="Cells of kept records that could not be read.", examples=[0])
    ]


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """Where every raw record went."""

    sources: Annotated[list[SourceAccount], Meta(description="The raw files, by name.")]


class RejectedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A raw record that is not kept."""

    source_name: Source
    row_number: RowNumber
    record_key: Annotated[
        str | None,
        Meta(description="What the record calls itself (id; user:film for a rating); null if empty.", examples=["862"]),
    ]
    reason: RejectionReason
    record_json: Annotated[str, Meta(description="The whole record as a JSON object.", examples=['{"id": "862"}'])]


class UnreadableCell(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of a kept record that is not what its column holds."""

    source_name: Source
    row_number: RowNumber
    record_key: Annotated[str, Meta(description="Film id of the record.", examples=["862"])]
    column_name: Annotated[str, Meta(description="Column of the raw file.", examples=["budget"])]
    cell_text: Annotated[str, Meta(description="The cell, letter for letter.", examples=["/ff9qCepilow.jpg"])]
