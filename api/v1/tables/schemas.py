"""Responses about the build and the public tables."""

from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from api.http.examples import described


class SourceFile(msgspec.Struct, frozen=True, kw_only=True):
    source_name: Annotated[str, described("The source.", "movies")]
    file_name: Annotated[str, described("Name of the file.", "movies_dataset.csv")]
    size_bytes: Annotated[int, described("Size in bytes.", 34_445_126)]
    sha256: Annotated[str, described("SHA-256 digest, in hexadecimal.", "9f86d081884c")]
    missing_columns: Annotated[list[str], described("Columns it lacks, which are null in the tables.", ["homepage"])]


class TableName(msgspec.Struct, frozen=True, kw_only=True):
    table_schema: Annotated[str, described("Schema: marts, quality or recommender.", "marts")]
    table_name: Annotated[str, described("Name of the table.", "fct_releases_by_decade")]


class BuiltTable(TableName, frozen=True, kw_only=True):
    row_count: Annotated[int, described("Number of rows in the build.", 16)]


class BuildStep(msgspec.Struct, frozen=True, kw_only=True):
    step: Annotated[str, described("Name of the step.", "tables and tests")]
    seconds: Annotated[float, described("Duration in seconds.", 14.4)]


class BuildInfo(msgspec.Struct, frozen=True, kw_only=True):
    build_id: Annotated[str, described("Hash of raw files, code and versions.", "1509192c43e0")]
    built_at: Annotated[datetime, described("End of the build, in UTC.", datetime(2026, 1, 31, 12, tzinfo=UTC))]
    filmoteca_version: Annotated[str, described("Version of this project.", "0.1.0")]
    python_version: Annotated[str, described("Version of Python.", "3.11.7")]
    duckdb_version: Annotated[str, described("Version of DuckDB.", "1.5.5")]
    dbt_version: Annotated[str, described("Version of dbt.", "1.11.16")]
    scikit_learn_version: Annotated[str, described("Version of scikit-learn.", "1.9.1")]
    source_files: Annotated[list[SourceFile], Meta(description="The raw files.")]
    tables: Annotated[list[BuiltTable], Meta(description="The tables.")]
    steps: Annotated[list[BuildStep], Meta(description="The steps, in order.")]


class Table(TableName, frozen=True, kw_only=True):
    description: Annotated[str | None, described("Grain and purpose.", "One row per decade with a release.")]
    row_count: Annotated[int, described("Number of rows.", 16)]
    column_count: Annotated[int, described("Number of columns.", 3)]


class Column(msgspec.Struct, frozen=True, kw_only=True):
    column_name: Annotated[str, described("Name of the column.", "release_decade")]
    data_type: Annotated[str, described("DuckDB type.", "INTEGER")]
    description: Annotated[str | None, described("Meaning and unit.", "First year of the decade.")]


class TableDetail(Table, frozen=True, kw_only=True):
    columns: Annotated[list[Column], Meta(description="The columns, in order.")]


class TableRows(msgspec.Struct, frozen=True, kw_only=True):
    data: Annotated[list[dict[str, Any]], described("The rows with all columns.", [{"release_decade": 1990}])]
    row_count: Annotated[int, described("Number of rows in `data`.", 1)]
    is_truncated: Annotated[bool, described("Whether the table has more rows; a file contains all.", True)]
