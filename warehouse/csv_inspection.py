"""Validation and hashing of raw CSV files, plain or gzipped."""

import codecs
import csv
import gzip
import io
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from warehouse import archives
from warehouse.csv_scan import CHUNK_BYTES, MAX_RECORD_BYTES, ByteScan, TooLargeError, count_records, scan_bytes
from warehouse.raw_headers import header_problems
from warehouse.raw_sources import Source
from warehouse.raw_tables import read_header

MAX_RECORD_CHARACTERS = MAX_RECORD_BYTES
"""At most 8 MB, the limit of dbt's sources for DuckDB. The longest record of the real files has 70,000 characters."""

_SIGNATURES = (
    (b"PAR1", "a Parquet file"),
    (b"PK\x03\x04", "a zip archive or a spreadsheet"),
    (b"\x1f\x8b", "gzip-compressed although its name does not end in .gz"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
    (b"version https://git-lfs", "a Git LFS pointer"),
    (b"<", "HTML or XML"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)


@dataclass(frozen=True, slots=True)
class Inspection:
    """Size, hash and problems of a file."""

    size_bytes: int
    sha256: str
    problems: tuple[str, ...]
    header: tuple[str, ...] = ()
    record_count: int = 0
    """Number of records, without header and blank lines."""
    has_line_breaks: bool = False
    """Whether a record extends over several lines."""


class _InvalidFileError(Exception):
    """The problems of a file, one message each."""


class _MeasuringReader(io.RawIOBase):
    """A reader that passes bytes through and records their number, the last one and the first NUL."""

    def __init__(self, inner: BinaryIO | gzip.GzipFile) -> None:
        self.size_bytes, self.last_byte = 0, b""
        self.first_nul: int | None = None
        self._inner = inner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        chunk = self._inner.read(len(buffer))
        buffer[: len(chunk)] = chunk
        if self.first_nul is None and (position := chunk.find(b"\0")) >= 0:
            self.first_nul = self.size_bytes + position
        self.size_bytes += len(chunk)
        self.last_byte = chunk[-1:] or self.last_byte
        return len(chunk)


def inspect(path: Path, source: Source) -> Inspection:
    """Read a whole file and return its size, hash, record count and problems.

    Each problem is a message that continues the name of the file. DuckDB reads the records. If it rejects one, Python
    reads the file again, decides, and describes the problem.
    """
    header, size = read_header(path), path.stat().st_size
    scan, counted = ByteScan(), None
    try:
        with ThreadPoolExecutor(1) as executor:
            scanning = executor.submit(scan_bytes, path)
            if path.suffix == ".gz":
                scanning.result()  # before DuckDB reads it, because of the limit
            if not header_problems(header, source):
                counted = count_records(path, header)
            scan = scanning.result()
    except TooLargeError:
        limit = f"{archives.MAX_UNPACKED_BYTES / 1e9:,.0f} GB"
        return Inspection(size, "", (f"unpacks to more than {limit}; expected less, or the plain CSV",))
    except (gzip.BadGzipFile, EOFError, zlib.error):
        pass
    is_complete = counted and (counted.records or not source.needs_records)
    if counted and is_complete and scan.is_regular and counted.last_short_end + 2 < scan.content_bytes:
        # Blank lines count as line breaks; that is rare and only makes Spark slower.
        return Inspection(size, scan.sha256, (), header, counted.records, scan.line_count != counted.records + 1)
    return _inspect_in_python(path, source, scan.sha256)


def _inspect_in_python(path: Path, source: Source, sha256: str) -> Inspection:
    header: tuple[str, ...] = ()
    records, has_line_breaks = 0, False
    problems: tuple[str, ...] = ()
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb", buffering=0) as file:
        text = _MeasuringReader(file)
        csv.field_size_limit(MAX_RECORD_CHARACTERS)
        try:
            content: io.BufferedReader = io.BufferedReader(text, CHUNK_BYTES)
            header, records, has_line_breaks = _read_records(content, source, text)
            if source.needs_records and not records:
                problems = ("has a header but no records; expected at least one record",)
        except UnicodeDecodeError:
            problems = (_locate_invalid_utf8(path, text),)
        except EOFError:
            problems = ("is a truncated .gz file; expected the whole file",)
        except (gzip.BadGzipFile, zlib.error) as error:
            problems = (f"is not a valid gzip file ({error}); expected a .gz made by gzip, or the plain CSV",)
        except _InvalidFileError as error:
            problems = tuple(error.args)
    return Inspection(path.stat().st_size, sha256, problems, header, records, has_line_breaks)


def _read_records(
    content: io.BufferedReader, source: Source, text: _MeasuringReader
) -> tuple[tuple[str, ...], int, bool]:
    """Return the header, the number of records, and whether a record extends over several lines."""
    if content.peek(3).startswith(codecs.BOM_UTF8):
        content.read(3)
    _check_format(content.peek(64)[:64])
    # strict: other programs disagree on how to read a stray quote
    reader = csv.reader(io.TextIOWrapper(content, "utf-8", newline=""), strict=True)
    first_line, records = 1, 0
    try:
        header = last = next(reader)
        problems = header_problems(header, source)
        if problems:
            raise _InvalidFileError(*problems)
        has_line_breaks = reader.line_num > first_line
        first_line = reader.line_num + 1
        for record in reader:
            has_line_breaks |= reader.line_num > first_line
            if record:
                records += 1
                last = record
                if len(record) > len(header):
                    raise _InvalidFileError(
                        f"has {len(record)} fields in the record at line {first_line:,}, {len(header)} in its header; "
                        "expected quotes around fields that contain a comma"
                    )
                if sum(map(len, record)) > MAX_RECORD_CHARACTERS:
                    raise _InvalidFileError(_describe_csv_error("field larger", first_line, first_line))
            first_line = reader.line_num + 1
    except csv.Error as error:
        raise _InvalidFileError(_describe_csv_error(str(error), first_line, reader.line_num)) from None
    _check_end(len(header), len(last), reader.line_num, text)
    return tuple(header), records, has_line_breaks


def _check_end(header_width: int, last_width: int, last_line: int, source: _MeasuringReader) -> None:
    if source.first_nul is not None:
        raise _InvalidFileError(_describe_nul(source.first_nul))
    if last_width < header_width:
        raise _InvalidFileError(
            f"is truncated: its last record (line {last_line:,}) has {last_width} of {header_width} fields; "
            "expected the whole file"
        )
    if source.last_byte not in (b"\n", b"\r"):
        raise _InvalidFileError(
            f"does not end with a line break (line {last_line:,}), so it may be truncated; expected the whole file"
        )


def _check_format(start: bytes) -> None:
    if not start.strip():
        raise _InvalidFileError("is empty; expected a CSV with a header and records")
    for signature, name in _SIGNATURES:
        if start.lstrip().startswith(signature):
            raise _InvalidFileError(f"is {name}; expected comma-separated UTF-8 text with a header")
    if b"\0" in start:
        raise _InvalidFileError("is binary data; expected comma-separated UTF-8 text with a header")


def _describe_csv_error(error: str, first_line: int, line: int) -> str:
    if "unexpected end of data" in error:
        return f"is truncated in the record at line {first_line:,}: a quote is never closed; expected the whole file"
    if "field larger" in error:
        return (
            f"has more than {MAX_RECORD_CHARACTERS:,} characters in the record at line {first_line:,}; "
            "expected a closing quote at the end of each quoted field"
        )
    return (
        f"has a stray quote at line {line:,}, in the record at line {first_line:,} ({error}); "
        'expected quotes inside a field to be doubled ("")'
    )


def _describe_nul(offset: int) -> str:
    return f"contains a NUL byte (byte {offset:,}); expected a UTF-8 CSV"


def _locate_invalid_utf8(path: Path, source: _MeasuringReader) -> str:
    """Read the file again to find the first byte that is not UTF-8: the first pass only knows its chunk."""
    if source.first_nul is not None:
        return _describe_nul(source.first_nul)
    offset = 0
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode()
            except UnicodeDecodeError as error:
                position = f"byte {offset + error.start:,} (line {number:,}) is 0x{line[error.start]:02x}"
                return f"is not UTF-8: {position}; expected the file saved as UTF-8"
            offset += len(line)
    return "was changed while it was read; expected a UTF-8 CSV"
