"""What the warehouse holds, as /v1 answers it."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

TableSchema = Annotated[str, Meta(description="Its schema: marts, quality or recommender.", examples=["marts"])]
TableName = Annotated[str, Meta(description="Its name.", examples=["dim_movies"])]
RowCount = Annotated[int, Meta(description="How many rows it has.", examples=[45_346])]
Description = Annotated[
    str | None, Meta(description="What a row is, and what it is good for.", examples=["One row per kept film."])
]


class SourceFile(msgspec.Struct, frozen=True, kw_only=True):
    """A raw file."""

    source_name: Annotated[str, Meta(description="What it holds.", examples=["movies"])]
    file_name: Annotated[str, Meta(description="Its name.", examples=["movies_dataset.csv"])]
    size_bytes: Annotated[int, Meta(description="Its size in bytes.", examples=[34_445_126])]
    sha256: Annotated[str, Meta(description="SHA-256 of its bytes, in hexadecimal digits.", examples=["9f86d081884c"])]


class BuiltTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table, as the build counted it."""

    table_schema: TableSchema
    table_name: TableName
    row_count: RowCount


class BuildStep(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the build."""

    step: Annotated[str, Meta(description="What was done.", examples=["tables and tests"])]
    seconds: Annotated[float, Meta(description="How long it took.", examples=[14.4])]


class BuildInfo(msgspec.Struct, frozen=True, kw_only=True):
    """From what, by what and when the warehouse was built."""

    build_id: Annotated[str, Meta(description="Hash of raw bytes, code and versions.", examples=["1509192c43e0"])]
    built_at: Annotated[datetime, Meta(description="When the build ended, in UTC.")]
    filmoteca_version: Annotated[str, Meta(description="Version of this project.", examples=["0.1.0"])]
    python_version: Annotated[str, Meta(description="Version of Python.", examples=["3.11.7"])]
    duckdb_version: Annotated[str, Meta(description="Version of DuckDB.", examples=["1.5.5"])]
    dbt_version: Annotated[str, Meta(description="Version of dbt.", examples=["1.11.16"])]
    scikit_learn_version: Annotated[str, Meta(description="Version of scikit-learn.", examples=["1.9.1"])]
    source_files: Annotated[list[SourceFile], Meta(description="The raw files that it was built from.")]
    tables: Annotated[list[BuiltTable], Meta(description="The tables that the build made.")]
    steps: Annotated[list[BuildStep], Meta(description="The steps of the build, in their order.")]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A public table."""

    table_schema: TableSchema
    table_name: TableName
    description: Description
    row_count: RowCount
    column_count: Annotated[int, Meta(description="How many columns it has.", examples=[30])]


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a table."""

    column_name: Annotated[str, Meta(description="Its name.", examples=["release_date"])]
    data_type: Annotated[str, Meta(description="Its type in DuckDB.", examples=["DATE"])]
    description: Annotated[str | None, Meta(description="What it means, in which unit.", examples=["First release."])]


class TableDetail(Table, frozen=True, kw_only=True):
    """A public table with its columns."""

    columns: Annotated[list[Column], Meta(description="Its columns, in their order.")]


class TableRows(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of a table."""

    data: Annotated[list[dict[str, Any]], Meta(description="The rows, each with all columns of the table.")]
    row_count: Annotated[int, Meta(description="How many rows these are.", examples=[1])]
    is_truncated: Annotated[bool, Meta(description="Whether there are more; a file has them all.")]
