"""A fast check of raw CSV files: their bytes, and their records as DuckDB reads them."""

import gzip
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import duckdb

from warehouse import archives
from warehouse.raw_tables import csv_table, position_names

CHUNK_BYTES = 1 << 20
MAX_RECORD_BYTES = 2_000_000
MEMORY = "1GB"


class TooLargeError(Exception):
    """A .gz file whose content exceeds the limit."""


@dataclass(slots=True)
class ByteScan:
    """What is in the bytes of a file. The hash covers the bytes on disk, the rest the decompressed content."""

    sha256: str = ""
    content_bytes: int = 0
    line_count: int = 0
    quote_count: int = 0
    has_nul: bool = False
    last_byte: bytes = b""

    @property
    def is_regular(self) -> bool:
        """Whether the file can be valid: a last line break, no NUL, and an end for each quoted field."""
        return not self.has_nul and self.last_byte in (b"\n", b"\r") and self.quote_count % 2 == 0

    def add(self, chunk: bytes) -> None:
        self.content_bytes += len(chunk)
        self.line_count += chunk.count(b"\n")
        self.quote_count += chunk.count(b'"')
        self.has_nul = self.has_nul or b"\0" in chunk
        self.last_byte = chunk[-1:]


def scan_bytes(path: Path) -> ByteScan:
    """Read a file once. Raises TooLargeError, or an error of `gzip`, for a .gz file that cannot be read."""
    scan, digest = ByteScan(), hashlib.sha256()
    with path.open("rb") as file:
        if path.suffix != ".gz":
            for chunk in _chunks(file):
                digest.update(chunk)
                scan.add(chunk)
        else:
            digest = hashlib.file_digest(file, "sha256")
            with gzip.open(path) as content:
                for chunk in _chunks(content):
                    scan.add(chunk)
                    if scan.content_bytes > archives.MAX_UNPACKED_BYTES:
                        raise TooLargeError
    scan.sha256 = digest.hexdigest()
    return scan


def _chunks(file: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    return iter(lambda: file.read(CHUNK_BYTES), b"")


@dataclass(frozen=True, slots=True)
class RecordCount:
    """The records of a file without its header, those with too few fields included."""

    records: int
    last_short_end: int
    """About the position in bytes at which the last record with too few fields ends; 0 if there is none."""


def count_records(path: Path, header: Sequence[str]) -> RecordCount | None:
    """Return the number of records that DuckDB reads, or None if it rejects one for more than too few fields."""
    names = position_names(header)
    query = f"""
        select count(*), {", ".join(f"count({name})" for name in names)}
        from {csv_table([path], names, "strict_mode = true, store_rejects = true", MAX_RECORD_BYTES)}
    """  # noqa: S608 (names are ours, and paths are quoted)
    with duckdb.connect(config={"memory_limit": MEMORY}) as connection:
        connection.execute("set enable_progress_bar = false")
        try:
            [(records, *_)] = connection.execute(query).fetchall()  # counting each column makes DuckDB read every cell
            [(short, are_all_short, end)] = connection.execute(
                """
                select count(distinct line_byte_position), bool_and(error_type = 'MISSING COLUMNS'),
                    max(line_byte_position + octet_length(encode(csv_line)))
                from reject_errors
                """
            ).fetchall()
        except duckdb.Error:
            return None
    return RecordCount(records + short, end or 0) if not short or are_all_short else None
