"""Is this file a whole, readable CSV with the columns we need? One pass answers, and hashes it."""

import codecs
import csv
import difflib
import gzip
import hashlib
import io
import textwrap
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

CHUNK_BYTES = 1 << 20
LONGEST_RECORD = 2_000_000
"""Characters, so at most 8 MB, which is what dbt's sources let DuckDB read. The real files need 70,000."""
NAMES_SHOWN = 3

_SIGNATURES = (
    (b"PAR1", "a Parquet file"),
    (b"PK\x03\x04", "a zip archive or a spreadsheet"),
    (b"\x1f\x8b", "gzip-compressed although its name does not end in .gz"),
    (b"SQLite format 3", "an SQLite database"),
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
    (b"version https://git-lfs", "a Git LFS pointer, not the file itself"),
    (b"<", "HTML or XML"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What one pass over a file found. `record_count` leaves out the header and blank lines."""

    size_bytes: int
    sha256: str
    record_count: int
    problems: tuple[str, ...]


class _BadFileError(Exception):
    """Ends the pass; the message names what is wrong and what would be right."""


@dataclass(slots=True)
class _Noted:
    """What passed through a tap."""

    size_bytes: int = 0
    last_byte: bytes = b""
    first_nul: int | None = None
    sha256: "hashlib._Hash" = field(default_factory=hashlib.sha256)


class _Tap(io.RawIOBase):
    """Hands bytes on unchanged and notes their size, hash, last byte and first NUL."""

    def __init__(self, inner: BinaryIO, *, is_text: bool, is_hashed: bool) -> None:
        self.noted = _Noted()
        self._inner, self._is_text, self._is_hashed = inner, is_text, is_hashed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        chunk = self._inner.read(len(buffer))
        buffer[: len(chunk)] = chunk
        noted = self.noted
        if self._is_hashed:
            noted.sha256.update(chunk)
        if self._is_text and noted.first_nul is None and (at := chunk.find(b"\0")) >= 0:
            noted.first_nul = noted.size_bytes + at
        noted.size_bytes += len(chunk)
        noted.last_byte = chunk[-1:] or noted.last_byte
        return len(chunk)


def inspect(path: Path, columns: Sequence[str], *, needs_records: bool) -> Inspection:
    """Reads the whole file once (plain or .gz) and says what keeps it from being built.

    Each problem is a sentence that follows the file's name: what is wrong, then what would be right.
    """
    records = 0
    problems: tuple[str, ...] = ()
    with path.open("rb", buffering=0) as file:
        is_zipped = path.suffix == ".gz"
        on_disk = _Tap(file, is_text=not is_zipped, is_hashed=True)
        text_bytes = on_disk
        if is_zipped:
            unzipped = gzip.GzipFile(fileobj=io.BufferedReader(on_disk, CHUNK_BYTES))
            text_bytes = _Tap(unzipped, is_text=True, is_hashed=False)  # type: ignore[arg-type]
        try:
            with _long_fields_allowed():
                records = _read_records(io.BufferedReader(text_bytes, CHUNK_BYTES), columns, text_bytes.noted)
            if needs_records and not records:
                problems = ("has a header but no records; expected: at least one record",)
        except UnicodeDecodeError:
            problems = (_where_not_utf8(path, text_bytes.noted),)
        except EOFError:
            problems = ("is a cut-off .gz: its compressed data ends too early; expected: the whole file",)
        except (gzip.BadGzipFile, zlib.error) as error:
            problems = (f"is no sound gzip file ({error}); expected: a .gz made by gzip, or the plain CSV",)
        except _BadFileError as error:
            problems = tuple(error.args)
        noted = on_disk.noted
        return Inspection(noted.size_bytes, noted.sha256.hexdigest(), records, problems)


@contextmanager
def _long_fields_allowed() -> Iterator[None]:
    before = csv.field_size_limit(LONGEST_RECORD)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _read_records(content: io.BufferedReader, columns: Sequence[str], noted: _Noted) -> int:
    if content.peek(3).startswith(codecs.BOM_UTF8):
        content.read(3)
    _refuse_other_formats(content.peek(64)[:64])
    # Strict: a quote that is neither doubled nor at the edge of a field is read differently by every program.
    reader = csv.reader(io.TextIOWrapper(content, "utf-8", newline=""), strict=True)
    first_line, records = 1, 0
    try:
        header = last = next(reader)
        _check_header(header, columns)
        for record in reader:
            if record:
                records += 1
                last = record
                if len(record) > len(header):
                    raise _BadFileError(_wide_sentence(len(record), len(header), first_line))
                if sum(map(len, record)) > LONGEST_RECORD:
                    raise _BadFileError(_long_sentence(first_line))
            first_line = reader.line_num + 1
    except csv.Error as error:
        raise _BadFileError(_csv_sentence(str(error), first_line, reader.line_num)) from None
    _check_end(len(header), len(last), reader.line_num, noted)
    return records


def _check_end(header_width: int, last_width: int, last_line: int, noted: _Noted) -> None:
    if noted.first_nul is not None:
        raise _BadFileError(_nul_sentence(noted.first_nul))
    if last_width < header_width:
        raise _BadFileError(
            f"is cut off: its last record (line {last_line:,}) has {last_width} of {header_width} fields; "
            "expected: the whole file"
        )
    if noted.last_byte not in (b"\n", b"\r"):
        raise _BadFileError(
            f"does not end with a line break (line {last_line:,}), so it may be cut off; "
            "expected: the whole file, its last line ended like the others"
        )


def _refuse_other_formats(beginning: bytes) -> None:
    if not beginning.strip():
        raise _BadFileError("is empty; expected: a CSV with a header and records")
    for signature, name in _SIGNATURES:
        if beginning.lstrip().startswith(signature):
            raise _BadFileError(f"is no CSV but {name}; expected: comma-separated UTF-8 text with a header")
    if b"\0" in beginning:
        raise _BadFileError("is no CSV but binary data; expected: comma-separated UTF-8 text with a header")


def _check_header(header: Sequence[str], columns: Sequence[str]) -> None:
    """Column names are compared as DuckDB does: without regard to case."""
    names = [name.lower() for name in header]
    missing = [column for column in columns if column.lower() not in names]
    needed = ", ".join(columns)
    if len(missing) == len(columns):
        marks = {"semicolons": ";", "tabs": "\t"}
        other = next((name for name, mark in marks.items() if mark in "".join(header)), None)
        found = f"its columns are separated by {other}" if other else f"its first line reads {_shown(header)}"
        raise _BadFileError(f"is not the CSV it should be: {found}; expected: a header with {needed}")
    problems = []
    if missing:
        named = ", ".join(f'"{column}"{_hint(column, header)}' for column in missing)
        problems.append(f"lacks the column{'s' * (len(missing) > 1)} {named}; expected: a header with {needed}")
    if doubled := [f'"{_shown_name(name)}" {count} times' for name, count in Counter(names).items() if count > 1]:
        problems.append(f"has the column {_first(doubled)} in its header; expected: each column once")
    if quoted := [_shown_name(name) for name in header if '"' in name]:
        problems.append(f"has a quote in the column name {_first(quoted)}; expected: a name without")
    if problems:
        raise _BadFileError(*problems)


def _hint(column: str, header: Sequence[str]) -> str:
    nearest = difflib.get_close_matches(column, header, n=1)
    return f' (the nearest in it is "{_shown_name(nearest[0])}")' if nearest else ""


def _first(names: Sequence[str]) -> str:
    """A header that has swallowed records would fill the screen."""
    rest = f" and {len(names) - NAMES_SHOWN:,} more" if len(names) > NAMES_SHOWN else ""
    return f"{', '.join(names[:NAMES_SHOWN])}{rest}"


def _shown_name(name: str) -> str:
    """Nothing in it moves a terminal."""
    return repr(textwrap.shorten(name, 60, placeholder="…"))[1:-1]


def _shown(header: Sequence[str]) -> str:
    line = ",".join(header)
    return repr(textwrap.shorten(line, 60, placeholder="…"))


def _csv_sentence(error: str, first_line: int, line: int) -> str:
    if "unexpected end of data" in error:
        return (
            f"is cut off in the middle of the record that begins at line {first_line:,}: a quote opened "
            "there is never closed; expected: the whole file"
        )
    if "field larger" in error:
        return _long_sentence(first_line)
    return (
        f"has a stray quote at line {line:,}, in the record that begins at line {first_line:,} ({error}); "
        'expected: a quote inside a field written twice ("")'
    )


def _long_sentence(line: int) -> str:
    return (
        f"has more than {LONGEST_RECORD:,} characters in the record that begins at line {line:,}; "
        "expected: a closing quote where each field ends"
    )


def _wide_sentence(width: int, header_width: int, line: int) -> str:
    return (
        f"has {width} fields in the record that begins at line {line:,}, {header_width} in its header; "
        "expected: quotes around a field that holds a comma"
    )


def _nul_sentence(offset: int) -> str:
    return f"holds a NUL byte (byte {offset:,}), so it is no text; expected: a UTF-8 CSV"


def _where_not_utf8(path: Path, noted: _Noted) -> str:
    """Reads again up to the first byte that is not UTF-8: the first pass only knows its chunk."""
    if noted.first_nul is not None:
        return _nul_sentence(noted.first_nul)
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        line, offset, rest = 1, 0, b""
        while True:
            chunk = rest + file.read(CHUNK_BYTES)
            is_last = len(chunk) < CHUNK_BYTES
            try:
                used = codecs.utf_8_decode(chunk, "strict", is_last)[1]
            except UnicodeDecodeError as error:
                line += chunk.count(b"\n", 0, error.start)
                where = f"byte {offset + error.start:,} (line {line:,}) is 0x{chunk[error.start]:02x}"
                return f"is not UTF-8: {where}; expected: the file saved as UTF-8"
            line, offset, rest = line + chunk.count(b"\n"), offset + used, chunk[used:]
