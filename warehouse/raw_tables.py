"""The SQL that reads raw files as the columns of their source, for DuckDB and for Spark."""

import csv
import glob
import gzip
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.raw_sources import Source

MAX_HEADER_BYTES = 1 << 20
MAX_LINE_BYTES = 8_000_000
NESTED_TYPES = ("list", "array", "struct", "map")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine writes names and types."""

    text_type: str
    quote: str

    def quote_name(self, name: str) -> str:
        return self.quote + name.replace(self.quote, self.quote * 2) + self.quote


DUCKDB, SPARK = Dialect("varchar", '"'), Dialect("string", "`")


def read_header(path: Path) -> tuple[str, ...]:
    """Return the names of the columns of a raw file; none if it is not a regular file or cannot be read."""
    if not path.is_file():
        return ()
    try:
        if path.suffix == ".parquet":
            with duckdb.connect() as connection:
                return tuple(open_parquet(connection, path).columns)
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            text = file.read(MAX_HEADER_BYTES).decode("utf-8-sig", "replace")
        return tuple(next(csv.reader(io.StringIO(text, newline="")), ()))
    except (OSError, EOFError, csv.Error, duckdb.Error):
        return ()


def duckdb_query(source: Source, paths: Sequence[Path], *, is_own_file: bool = True) -> str:
    """Return the query that reads the files of a source in DuckDB, by their exact paths.

    Args:
        source: The source to read.
        paths: Its files, all with the columns of the first one.
        is_own_file: Whether the files contain only this source, so that their other columns are read, too.
    """
    header = read_header(paths[0]) if paths else ()
    if not paths:
        table, expressions = "(select 1) where false", []
    elif paths[0].suffix == ".parquet":
        table, expressions = f"read_parquet({_path_list(paths)}, hive_partitioning = false)", _parquet_texts(paths[0])
    else:
        expressions = position_names(header)
        # With null padding, DuckDB cannot read fields with line breaks in parallel.
        options = "strict_mode = false, null_padding = true, parallel = false"
        table = csv_table(paths, expressions, options, MAX_LINE_BYTES)
    columns = ", ".join(select_list(source, header, expressions, DUCKDB, is_own_file=is_own_file))
    return f"select {columns} from {table}"  # noqa: S608 (names are quoted)


def open_parquet(connection: duckdb.DuckDBPyConnection, path: Path) -> duckdb.DuckDBPyRelation:
    """Open a Parquet file by its exact path."""
    return connection.read_parquet(glob.escape(str(path)), hive_partitioning=False)


def _parquet_texts(path: Path) -> list[str]:
    """Return an expression for each column of a Parquet file, as text: lists and structs as JSON."""
    with duckdb.connect() as connection:
        relation = open_parquet(connection, path)
        return [
            f"cast({'to_json' if kind.id in NESTED_TYPES else ''}({DUCKDB.quote_name(name)}) as varchar)"
            for name, kind in zip(relation.columns, relation.types, strict=True)
        ]


def csv_table(paths: Sequence[Path], names: Sequence[str], options: str, max_line_bytes: int) -> str:
    """Return the call of `read_csv` for files with these columns."""
    columns = ", ".join(f"'{name}': 'varchar'" for name in names)
    return (
        f"read_csv({_path_list(paths)}, columns = {{{columns}}}, auto_detect = false, header = true, delim = ',', "
        f"quote = '\"', escape = '\"', {options}, max_line_size = {max_line_bytes}, hive_partitioning = false)"
    )


def _path_list(paths: Sequence[Path]) -> str:
    """Return exact paths as a list in SQL: without patterns."""
    return f"[{', '.join(quote_text(glob.escape(str(path))) for path in paths)}]"


def quote_text(text: str) -> str:
    """Return a text as a literal in SQL."""
    return "'" + text.replace("'", "''") + "'"


def position_names(header: Sequence[str]) -> list[str]:
    """Return names for the columns of a CSV file, whose own names may be empty."""
    return [f"column_{position}" for position, _ in enumerate(header, start=1)]


def select_list(
    source: Source, header: Sequence[str], expressions: Sequence[str], dialect: Dialect, *, is_own_file: bool
) -> Iterator[str]:
    """Yield the columns of a select list: those of the file in its order, then the missing ones as null.

    Args:
        source: The source whose columns are selected.
        header: The names of the columns of the file.
        expressions: Their expressions.
        dialect: How the engine writes names and types.
        is_own_file: Whether columns that the source does not know are selected, too.
    """
    found = source.map_columns(header)
    columns = {position: column for column, position in found.items()}
    taken = {column.lower() for column in found}
    for position, (label, expression) in enumerate(zip(header, expressions, strict=True)):
        is_other = is_own_file and label.strip() and label.strip().lower() not in taken
        if position in columns or is_other:
            yield f"{expression} as {dialect.quote_name(columns.get(position, label))}"
    for column in source.columns:
        if column not in found:
            yield f"cast(null as {dialect.text_type}) as {dialect.quote_name(column)}"
