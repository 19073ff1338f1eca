"""The raw files as tables in Spark, with their records numbered in the order of the files."""

from collections.abc import Collection
from pathlib import Path

from pyspark.sql import SparkSession
from pyspark.sql.types import StringType, StructField, StructType

from warehouse.raw_finder import find_files, is_own_file
from warehouse.raw_sources import SOURCES
from warehouse.raw_tables import NESTED_TYPES, SPARK, position_names, read_header, select_list

SCHEMAS = {"movies": "tmdb", "credits": "tmdb", "keywords": "tmdb", "links": "movielens", "ratings": "movielens"}
"""Schemas of dbt's sources."""
CSV_OPTIONS = {"header": "true", "quote": '"', "escape": '"', "nullValue": "", "emptyValue": ""}

# No task sees all records: each is numbered within the block of a file that one task reads, after the records of the
# blocks before it.
NUMBERED_RECORDS = """
create view {schema}.{name} as
with

placed as (

    select
        {columns},
        _metadata.file_path as block_file,
        _metadata.file_block_start as block_start,
        monotonically_increasing_id() as scan_position
    from raw.{name}

),

blocks as (

    select
        block_file,
        block_start,
        min(scan_position) as first_position,
        sum(count(*)) over (order by block_file, block_start) - count(*) as earlier_count
    from placed
    group by block_file, block_start

)

select
    placed.* except (block_file, block_start, scan_position),
    blocks.earlier_count + placed.scan_position - blocks.first_position + 1 as record_number
from placed
inner join blocks on placed.block_file = blocks.block_file and placed.block_start = blocks.block_start
"""


def register_raw_tables(session: SparkSession, raw_folder: Path, folder: Path, multi_line: Collection[str]) -> None:
    """Make the raw files readable as dbt's sources. A source without a file becomes an empty table.

    Args:
        session: The session whose catalog gets the tables.
        raw_folder: The folder of raw files.
        folder: A new folder for links to them. Spark reads whole folders, so each source gets one of its own.
        multi_line: Sources with line breaks in fields. Spark cannot split their files, so it reads the other ones in
            parts.
    """
    session.sql("create schema raw")
    for schema in sorted(set(SCHEMAS.values())):
        session.sql(f"create schema {schema}")
    found = find_files(raw_folder)
    for source in SOURCES:
        links = folder / source.name
        links.mkdir(parents=True)
        files = found.get(source.name, ())
        for file in files:
            (links / file.name).symlink_to(file.resolve())
        is_parquet = any(file.suffix == ".parquet" for file in files)
        header = read_header(files[0]) if files else source.columns
        if is_parquet:
            table = session.catalog.createTable(f"raw.{source.name}", str(links), "parquet")
            expressions = [_as_text(name, kind) for name, kind in table.dtypes]
        else:
            expressions = position_names(header)
            schema = StructType([StructField(name, StringType()) for name in expressions])
            options = {**CSV_OPTIONS, "multiLine": str(source.name in multi_line).lower()}
            session.catalog.createTable(f"raw.{source.name}", str(links), "csv", schema, **options)
        columns = ", ".join(select_list(source, header, expressions, SPARK, is_own_file=is_own_file(found, source)))
        session.sql(NUMBERED_RECORDS.format(schema=SCHEMAS[source.name], name=source.name, columns=columns))


def _as_text(name: str, kind: str) -> str:
    """Return the expression of a column of a Parquet file as text: lists and structs as JSON."""
    is_nested = kind.partition("<")[0] in NESTED_TYPES
    return f"{'to_json' if is_nested else 'string'}({SPARK.quote_name(name)})"
