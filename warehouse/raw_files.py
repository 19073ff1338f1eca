"""Raw files: which ones a folder contains, and whether they are valid."""

import difflib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from warehouse.csv_inspection import Inspection, inspect
from warehouse.errors import FilmotecaError, describe_error
from warehouse.parquet_inspection import inspect_parquet
from warehouse.settings import Settings

ENDINGS = (".csv", ".csv.gz", ".parquet")


@dataclass(frozen=True, slots=True)
class Source:
    """A raw source, its accepted file names in order of preference, and its required columns."""

    name: str
    file_stems: tuple[str, ...]
    columns: tuple[str, ...]
    is_required: bool = False

    @property
    def file_names(self) -> tuple[str, ...]:
        return tuple(f"{stem}{ending}" for stem in self.file_stems for ending in ENDINGS)

    @property
    def plain_names(self) -> str:
        return " or ".join(f"{stem}.csv" for stem in self.file_stems)


MOVIE_COLUMNS = (
    "id title original_title original_language overview genres belongs_to_collection budget revenue runtime "
    "release_date popularity vote_average vote_count production_companies production_countries "
    "spoken_languages tagline homepage imdb_id poster_path status adult video"
)
SOURCES = (
    Source("movies", ("movies_dataset", "movies_metadata"), tuple(MOVIE_COLUMNS.split()), is_required=True),
    Source("credits", ("credits",), ("id", "cast", "crew"), is_required=True),
    Source("keywords", ("keywords",), ("id", "keywords")),
    Source("links", ("links",), ("movieId", "imdbId", "tmdbId")),
    Source("ratings", ("ratings", "ratings_small"), ("userId", "movieId", "rating", "timestamp")),
)


@dataclass(frozen=True, slots=True)
class RawFile:
    """A valid raw file: a source, or a part of one. The hash covers the bytes on disk; the record count excludes the
    header."""

    source_name: str
    path: Path
    size_bytes: int
    sha256: str
    record_count: int
    has_line_breaks: bool
    """Whether a field contains a line break."""


class RawFilesError(FilmotecaError):
    """All problems of a folder of raw files, one message each."""

    def __init__(self, folder: Path, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(f"the raw files in {folder} cannot be used:\n{lines}")


def describe_files(files: Iterable[RawFile]) -> Iterator[str]:
    """Yield a line with the name, number of records and size of each source."""
    for _, group in itertools.groupby(files, lambda file: file.source_name):
        parts = list(group)
        records, size = sum(file.record_count for file in parts), sum(file.size_bytes for file in parts)
        name = parts[0].path.name + (f" and {len(parts) - 1:,} more parts" if parts[1:] else "")
        yield f"{name}: {records:,} records, {size / 1e6:.1f} MB"


def choose_folder(settings: Settings, requested: Path | None) -> tuple[Path, str]:
    """Return the folder to build from and the reason: the requested one, else raw/, else the sample."""
    if folder := requested or settings.configured_raw_folder:
        return folder.expanduser().absolute(), "as requested"
    raw = settings.raw_folder
    if not raw.is_dir():
        return settings.sample_folder, "the bundled sample; import the full data set with `make data FROM=…`"
    missing = [source.file_names[0] for source in SOURCES if source.is_required and not find_candidates(raw, source)]
    if missing:
        return settings.sample_folder, f"the bundled sample; {raw} has no {' and no '.join(missing)}"
    return raw, "the imported data set"


def find_candidates(folder: Path, source: Source) -> list[tuple[Path, ...]]:
    """Return the files of a source in a folder, and its parts as one candidate. The first one is used."""
    found: list[tuple[Path, ...]] = []
    for kind in (".csv", ".parquet"):
        found += [(path,) for name in source.file_names if kind in name and (path := folder / name).exists()]
        for stem in source.file_stems:
            parts = sorted(path for path in folder.glob(f"{stem}-*{kind}*") if path.name.endswith(ENDINGS))
            found += [tuple(parts)] if parts else []
    return found


def find_files(folder: Path) -> dict[str, tuple[Path, ...]]:
    """Return the files in a folder by source name; several for a source that comes in parts.

    Raises FilmotecaError if the folder cannot be read, and RawFilesError if a required file is missing.
    """
    if not folder.is_dir():
        problem = "is not a folder" if folder.exists() else "does not exist"
        required = " and ".join(source.plain_names for source in SOURCES if source.is_required)
        raise FilmotecaError(f"{folder} {problem}; expected a folder with {required}")
    try:
        present = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise FilmotecaError(f"cannot read the folder {folder}: {describe_error(error)}") from None
    found = {source.name: paths[0] for source in SOURCES if (paths := find_candidates(folder, source))}
    missing = [
        _describe_missing(source, present) for source in SOURCES if source.is_required and source.name not in found
    ]
    if missing:
        raise RawFilesError(folder, missing)
    return found


def _describe_missing(source: Source, present: list[str]) -> str:
    similar = difflib.get_close_matches(source.file_names[0], present, n=1)
    hint = f" (found {similar[0]})" if similar else ""
    return f"{source.plain_names} is missing{hint}; expected it in this folder, plain or as .gz"


def check_files(folder: Path, found: Mapping[str, Sequence[Path]]) -> list[RawFile]:
    """Read and validate every file. Raises RawFilesError with all problems of all files."""
    checked: list[RawFile] = []
    problems: list[str] = []
    for source in SOURCES:
        first_header = None
        for path in found.get(source.name, ()):
            if not path.is_file():
                problems.append(f"{path.name} is not a regular file; expected a CSV file, plain or as .gz")
                continue
            try:
                result = _inspect(path, source)
            except OSError as error:
                problems.append(f"{path.name} cannot be read: {error.strerror or error}; expected a readable file")
                continue
            problems += [f"{path.name} {problem}" for problem in result.problems]
            first_header = first_header or result.header
            if result.header != first_header:
                problems.append(
                    f"{path.name} has other columns than the part before it; expected the same in each part"
                )
            size, records = result.size_bytes, result.record_count
            checked.append(RawFile(source.name, path, size, result.sha256, records, result.has_line_breaks))
    if problems:
        raise RawFilesError(folder, problems)
    return checked


def _inspect(path: Path, source: Source) -> Inspection:
    if path.suffix == ".parquet":
        return inspect_parquet(path, source.columns)
    return inspect(path, source.columns, needs_records=source.is_required)


def reject_parquet(files: Iterable[RawFile]) -> None:
    """Raise FilmotecaError if there is a Parquet file, which dbt on DuckDB does not read."""
    if names := [file.path.name for file in files if file.path.suffix == ".parquet"]:
        raise FilmotecaError(f"only ENGINE=spark reads Parquet, such as {names[0]}; add ENGINE=spark, or provide CSV")
