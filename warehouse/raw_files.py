"""Which raw files a folder holds, whether they can be built, and how dbt finds them."""

import difflib
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse.csv_inspection import inspect
from warehouse.errors import FilmotecaError, describe_os_error
from warehouse.settings import Settings


@dataclass(frozen=True, slots=True)
class Source:
    """One raw source: the names its file may bear (the first that is there wins) and the columns it needs."""

    name: str
    file_stems: tuple[str, ...]
    columns: tuple[str, ...]
    is_required: bool = False

    @property
    def file_names(self) -> tuple[str, ...]:
        return tuple(f"{stem}.csv{ending}" for stem in self.file_stems for ending in ("", ".gz"))


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
    """A checked file. `record_count` leaves out the header; `sha256` is of the bytes on disk."""

    source_name: str
    path: Path
    size_bytes: int
    sha256: str
    record_count: int


class RawFilesError(FilmotecaError):
    """Every problem of a folder of raw files, a sentence each."""

    def __init__(self, folder: Path, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(f"the raw files in {folder} cannot be built:\n{lines}")


def choose_folder(settings: Settings, given: Path | None) -> tuple[Path, str]:
    """Returns the folder to build from and why: the one asked for, else raw/, else the sample."""
    if asked := given or settings.chosen_raw_folder:
        return asked.expanduser().absolute(), "as asked for"
    raw = settings.raw_folder
    if not raw.is_dir():
        return settings.sample_folder, "the bundled sample: `make data FROM=…` brings the full data set"
    lacking = [source.file_names[0] for source in SOURCES if source.is_required and not find_file(raw, source)]
    if lacking:
        return settings.sample_folder, f"the bundled sample: {raw} holds no {' and no '.join(lacking)}"
    return raw, "it holds the full data set"


def find_file(folder: Path, source: Source) -> Path | None:
    return next((path for name in source.file_names if (path := folder / name).exists()), None)


def find_unused(folder: Path, used: Mapping[str, Path]) -> list[tuple[Path, Path]]:
    """Returns (left aside, used instead) for every source that has its file under two names."""
    return [
        (folder / name, path)
        for source in SOURCES
        if (path := used.get(source.name))
        for name in source.file_names
        if name != path.name and (folder / name).exists()
    ]


def find_files(folder: Path) -> dict[str, Path]:
    """Returns source name → file for the sources that the folder holds.

    Raises RawFilesError when there is no such folder or a needed file is missing.
    """
    if not folder.is_dir():
        wrong = "is not a folder" if folder.exists() else "does not exist"
        raise FilmotecaError(f"{folder} {wrong}; expected: a folder with {_needed_names()}")
    try:
        present = sorted(path.name for path in folder.iterdir())
    except OSError as error:
        raise FilmotecaError(f"cannot read the folder {folder}: {describe_os_error(error)}") from None
    found = {source.name: path for source in SOURCES if (path := find_file(folder, source))}
    missing = [
        _missing_sentence(source, present) for source in SOURCES if source.is_required and source.name not in found
    ]
    if missing:
        raise RawFilesError(folder, missing)
    return found


def _needed_names() -> str:
    return " and ".join(" or ".join(f"{stem}.csv" for stem in s.file_stems) for s in SOURCES if s.is_required)


def _missing_sentence(source: Source, present: list[str]) -> str:
    wanted = " or ".join(f"{stem}.csv" for stem in source.file_stems)
    nearest = difflib.get_close_matches(source.file_names[0], present, n=1)
    hint = f" (the nearest name there is {nearest[0]})" if nearest else ""
    return f"{wanted} is missing{hint}; expected: that file in this folder, plain or as .gz"


def check_files(folder: Path, found: Mapping[str, Path]) -> list[RawFile]:
    """Reads every file once, in full. Raises RawFilesError with all problems of all files."""
    checked, problems = [], []
    for source in SOURCES:
        if not (path := found.get(source.name)):
            continue
        if not path.is_file():
            problems.append(f"{path.name} is no file; expected: a readable CSV file, plain or as .gz")
            continue
        try:
            result = inspect(path, source.columns, needs_records=source.is_required)
        except OSError as error:
            problems.append(f"{path.name} cannot be read: {error.strerror or error}; expected: a readable file")
            continue
        problems += [f"{path.name} {problem}" for problem in result.problems]
        checked.append(RawFile(source.name, path, result.size_bytes, result.sha256, result.record_count))
    if problems:
        raise RawFilesError(folder, problems)
    return checked


def lay_out(files: Iterable[RawFile], folder: Path) -> None:
    """Fills a new folder with one file per source, named as dbt's sources expect it.

    A source without a file gets one with a header only, so that its tables are empty instead of missing.
    """
    folder.mkdir(parents=True)
    by_source = {file.source_name: file for file in files}
    for source in SOURCES:
        if not (file := by_source.get(source.name)):
            (folder / f"{source.name}.csv").write_text(",".join(source.columns) + "\n", "utf-8")
            continue
        place = folder / f"{source.name}.csv{'.gz' if file.path.suffix == '.gz' else ''}"
        try:
            place.symlink_to(file.path.resolve())
        except OSError:  # a file system without links
            shutil.copyfile(file.path, place)
