"""The raw files as tables in Spark, with their records numbered in the order of the files."""

from collections.abc import Collection
from pathlib import Path

from pyspark.sql import SparkSession

from warehouse.raw_files import SOURCES, find_files

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
        *,
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
        if not files:
            (links / "empty.csv").write_text(",".join(source.columns) + "\n", "utf-8")
        is_parquet = any(file.suffix == ".parquet" for file in files)
        options = {} if is_parquet else {**CSV_OPTIONS, "multiLine": str(source.name in multi_line).lower()}
        session.catalog.createTable(f"raw.{source.name}", str(links), "parquet" if is_parquet else "csv", **options)
        session.sql(NUMBERED_RECORDS.format(schema=SCHEMAS[source.name], name=source.name))
