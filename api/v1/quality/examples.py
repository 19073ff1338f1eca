"""An example of every answer about quality, for the OpenAPI document."""

from api.v1.quality import schemas

QUALITY = schemas.Quality(
    sources=[
        schemas.SourceAccount(
            source_name="movies",
            rows_read=45_466,
            rows_kept=45_346,
            rows_rejected=120,
            reasons=[
                schemas.RejectionCount(reason="missing_release_date", row_count=87),
                schemas.RejectionCount(reason="duplicate_id", row_count=30),
                schemas.RejectionCount(reason="malformed_row", row_count=3),
            ],
            unreadable_cell_count=0,
        )
    ]
)
REJECTED_ROW = schemas.RejectedRow(
    source_name="movies",
    row_number=19_731,
    record_key="1997-08-20",
    reason="malformed_row",
    record_json='{"adult": " - Written by Ørnås", "id": "1997-08-20"}',
)
UNREADABLE_CELL = schemas.UnreadableCell(
    source_name="movies", row_number=8, record_key="862", column_name="budget", cell_text="thirty million"
)
