"""Raw files: which ones a folder contains, and whether they are valid."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse.csv_inspection import Inspection, inspect
from warehouse.errors import FilmotecaError
from warehouse.hashing import hash_file
from warehouse.parquet_inspection import inspect_parquet
from warehouse.raw_finder import FoundFiles, RawFilesError
from warehouse.raw_sources import SOURCES, Source


@dataclass(frozen=True, slots=True)
class RawFile:
    """A valid raw file: a source, or a part of one. The hash covers the bytes on disk; the record count excludes the
    header."""

    source_name: str
    path: Path
    name: str
    """Its name in messages and in the table of the build."""
    size_bytes: int
    sha256: str
    record_count: int
    has_line_breaks: bool
    """Whether a field contains a line break."""
    missing_columns: tuple[str, ...] = ()
    """Columns of the source that the file does not have."""


def describe_files(files: Iterable[RawFile]) -> Iterator[str]:
    """Yield a line with the name, number of records and size of each source, and one with its missing columns."""
    for _, group in itertools.groupby(files, lambda file: file.source_name):
        parts = list(group)
        records, size = sum(file.record_count for file in parts), sum(file.size_bytes for file in parts)
        name = parts[0].name + (f" and {len(parts) - 1:,} more parts" if parts[1:] else "")
        yield f"{name}: {records:,} records, {size / 1e6:.1f} MB"
        if missing := parts[0].missing_columns:
            yield f"{parts[0].name} has no column {', '.join(missing)}: unknown (null) in the tables"


def check_files(folder: Path, found: FoundFiles, names: Mapping[Path, str] | None = None) -> list[RawFile]:
    """Read and validate every file. Raises RawFilesError with all problems of all files.

    Args:
        folder: The folder to name in the error.
        found: The files by source.
        names: The names to show, if not those of the files.
    """
    names = names or {}
    checked: list[RawFile] = []
    problems: list[str] = []
    inspected: dict[Path, Inspection] = {}
    for source in SOURCES:
        first_header = None
        for path in found.get(source.name, ()):
            name = names.get(path, path.name)
            if not path.is_file():
                problems.append(f"{name} is not a regular file; expected a CSV file, plain or as .gz")
                continue
            try:
                result = inspected.get(path) or _inspect(path, source)
            except OSError as error:
                problems.append(f"{name} cannot be read: {error.strerror or error}; expected a readable file")
                continue
            if path not in inspected:
                problems += [f"{name} {problem}" for problem in result.problems]
            inspected[path] = result
            first_header = first_header or result.header
            if result.header != first_header:
                problems.append(f"{name} has other columns than the part before it; expected the same in each part")
            checked.append(_describe_file(source, path, name, result))
    if problems:
        raise RawFilesError(folder, problems)
    return checked


def _describe_file(source: Source, path: Path, name: str, result: Inspection) -> RawFile:
    missing = tuple(column for column in source.columns if column not in source.map_columns(result.header))
    size, records = result.size_bytes, result.record_count
    return RawFile(source.name, path, name, size, result.sha256, records, result.has_line_breaks, missing)


def _inspect(path: Path, source: Source) -> Inspection:
    return inspect_parquet(path, source) if path.suffix == ".parquet" else inspect(path, source)


def check_unchanged(files: Iterable[RawFile]) -> None:
    """Raise FilmotecaError if a raw file is not the one that was checked."""
    for file in files:
        if hash_file(file.path) != file.sha256:
            raise FilmotecaError(
                f"{file.name} changed during the build; build again when nothing writes to it any more"
            )
