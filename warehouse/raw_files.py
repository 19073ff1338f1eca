"""Raw files: which ones a folder contains, and whether they are valid."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse.csv_inspection import inspect
from warehouse.errors import FilmotecaError, describe_error
from warehouse.settings import Settings


@dataclass(frozen=True, slots=True)
class Source:
    """A raw source, its accepted file names in order of preference, and its required columns."""

    name: str
    file_stems: tuple[str, ...]
    columns: tuple[str, ...]
    is_required: bool = False

    @property
    def file_names(self) -> tuple[str, ...]:
        return tuple(f"{stem}.csv{ending}" for stem in self.file_stems for ending in ("", ".gz"))

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
    """A valid raw file. The hash covers the bytes on disk; the record count excludes the header."""

    source_name: str
    path: Path
    size_bytes: int
    sha256: str
    record_count: int


class RawFilesError(FilmotecaError):
    """All problems of a folder of raw files, one message each."""

    def __init__(self, folder: Path, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(f"the raw files in {folder} cannot be used:\n{lines}")


def describe_file(file: RawFile) -> str:
    """Return the name, number of records and size of a file."""
    return f"{file.path.name}: {file.record_count:,} records, {file.size_bytes / 1e6:.1f} MB"


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


def find_candidates(folder: Path, source: Source) -> list[Path]:
    """Return the files of a source in a folder. The first is used, the others are ignored."""
    return [path for name in source.file_names if (path := folder / name).exists()]


def find_files(folder: Path) -> dict[str, Path]:
    """Return the files in a folder by source name.

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


def check_files(folder: Path, found: Mapping[str, Path]) -> list[RawFile]:
    """Read and validate every file. Raises RawFilesError with all problems of all files."""
    checked, problems = [], []
    for source in SOURCES:
        if not (path := found.get(source.name)):
            continue
        if not path.is_file():
            problems.append(f"{path.name} is not a regular file; expected a CSV file, plain or as .gz")
            continue
        try:
            result = inspect(path, source.columns, needs_records=source.is_required)
        except OSError as error:
            problems.append(f"{path.name} cannot be read: {error.strerror or error}; expected a readable file")
            continue
        problems += [f"{path.name} {problem}" for problem in result.problems]
        checked.append(RawFile(source.name, path, result.size_bytes, result.sha256, result.record_count))
    if problems:
        raise RawFilesError(folder, problems)
    return checked
