"""An example of every answer about what the warehouse holds, for the OpenAPI document."""

from datetime import UTC, datetime

from api.v1.tables import schemas

BUILD = schemas.BuildInfo(
    build_id="1509192c43e0",
    built_at=datetime(2026, 1, 31, 12, tzinfo=UTC),
    filmoteca_version="0.1.0",
    python_version="3.11.7",
    duckdb_version="1.5.5",
    dbt_version="1.11.16",
    scikit_learn_version="1.9.1",
    source_files=[
        schemas.SourceFile(
            source_name="movies", file_name="movies_dataset.csv", size_bytes=34_445_126, sha256="9f86d081884c7d65"
        )
    ],
    tables=[schemas.BuiltTable(table_schema="marts", table_name="dim_movies", row_count=45_346)],
    steps=[schemas.BuildStep(step="raw files", seconds=0.9), schemas.BuildStep(step="tables and tests", seconds=14.4)],
)
TABLE = schemas.Table(
    table_schema="marts",
    table_name="fct_releases_by_decade",
    description="One row per decade with a release. Films released in each decade.",
    row_count=16,
    column_count=3,
)
TABLE_DETAIL = schemas.TableDetail(
    table_schema="marts",
    table_name="fct_releases_by_decade",
    description="One row per decade with a release. Films released in each decade.",
    row_count=16,
    column_count=3,
    columns=[
        schemas.Column(
            column_name="release_decade",
            data_type="INTEGER",
            description="First year of the decade.",
        )
    ],
)

TABLE_ROWS = schemas.TableRows(
    data=[{"release_year": 1995, "movie_count": 635, "non_placeholder_movie_count": 564}],
    row_count=1,
    is_truncated=True,
)
