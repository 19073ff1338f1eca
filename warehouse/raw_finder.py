"""Finding raw files in folders and zip files, whatever their names, and bringing them into one folder."""

import difflib
import shutil
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from warehouse import archives
from warehouse.archives import Unpacker
from warehouse.errors import FilmotecaError, describe_error
from warehouse.progress import read_with_progress
from warehouse.raw_sources import (
    MOVIES,
    SOURCES,
    FileMatch,
    Source,
    canonical_name,
    conversion_advice,
    describe_foreign,
    is_known,
    is_table,
    match_name,
)
from warehouse.raw_tables import read_header
from warehouse.settings import Settings

MAX_DEPTH = 4
"""Levels of subfolders that are searched."""
MAX_NAMES_SHOWN = 8
UNPACKED = ".unpacked"
"""Folder for what is in zip files, in the folder of staged files."""

FoundFiles = Mapping[str, Sequence[Path]]
"""Files by source name; several for a source that comes in parts."""


class RawFilesError(FilmotecaError):
    """All problems of a folder of raw files, one message each."""

    def __init__(self, folder: Path, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(f"the raw files in {folder} cannot be used:\n{lines}")


def choose_folder(settings: Settings, requested: Path | None) -> tuple[Path, str]:
    """Return the folder to build from and the reason: the requested one, else raw/, else the sample."""
    if folder := requested or settings.configured_raw_folder:
        return folder.expanduser().absolute(), "as requested"
    raw = settings.raw_folder
    if not raw.is_dir():
        return settings.sample_folder, "the bundled sample; import the full data set with `make data FROM=…`"
    if not find_candidates(list_files(raw), MOVIES):
        return settings.sample_folder, f"the bundled sample; {raw} has no {MOVIES.plain_names}"
    return raw, "the imported data set"


def list_files(folder: Path, depth: int = MAX_DEPTH) -> list[Path]:
    """Return the files in a folder and its subfolders, without hidden ones.

    Raises FilmotecaError if it is not a folder or cannot be read.
    """
    if not folder.is_dir():
        problem = f"is not a folder; give {folder.parent}, which contains it" if folder.exists() else "does not exist"
        raise FilmotecaError(f"{folder} {problem}; expected a folder with {MOVIES.plain_names}")
    found: list[Path] = []
    try:
        for path in sorted(folder.iterdir()):
            if path.name.startswith((".", "__MACOSX")):
                continue
            if not path.is_dir() or is_table(path.name):
                found.append(path)
            elif depth:
                found += list_files(path, depth - 1)
    except OSError as error:
        raise FilmotecaError(f"cannot read the folder {folder}: {describe_error(error)}") from None
    return found


def find_candidates(files: Iterable[Path], source: Source) -> list[tuple[Path, ...]]:
    """Return the files of a source by their names, and its parts as one candidate. The first one is used."""
    groups: dict[tuple[FileMatch, bool, int, str], list[Path]] = {}
    for path in files:
        if match := match_name(path.name, source):
            place = str(path.parent if match.is_part else path)
            key = (match, UNPACKED in path.parts, len(path.parts), place)
            groups.setdefault(key, []).append(path)
    return [tuple(groups[key]) for key in sorted(groups)]


def find_files(folder: Path) -> dict[str, tuple[Path, ...]]:
    """Return the raw files in a folder. Raises FilmotecaError if there are none or the folder cannot be read."""
    return choose_files(list_files(folder), folder)


def choose_files(files: Sequence[Path], folder: Path) -> dict[str, tuple[Path, ...]]:
    """Return the files to use, by source name; several for a source that comes in parts.

    Files with other names are recognized by their columns. A file of films may also hold credits and keywords.

    Raises:
        RawFilesError: there is no file of films, or several files could be it.
    """
    found = {source.name: paths[0] for source in SOURCES if (paths := find_candidates(files, source))}
    unknown = [path for path in files if is_table(path.name) and not is_known(path.name)]
    headers = {path: read_header(path) for path in unknown}
    for source in SOURCES:
        matches = [path for path, header in headers.items() if source.is_in(header)] if source.name not in found else []
        if len(matches) > 1:
            several = ", ".join(path.name for path in matches)
            raise RawFilesError(folder, [f"{several} may all be {source.plain_names}; rename the right one to that"])
        for path in matches:
            found[source.name] = (path,)
            del headers[path]
    if MOVIES.name not in found:
        names = [_shown_name(path, folder) for path in files]
        raise RawFilesError(folder, [_describe_missing(names, headers.values())])
    header = read_header(found[MOVIES.name][0])
    embedded = [one for one in SOURCES if one is not MOVIES and one.name not in found and one.is_in(header)]
    return found | {source.name: found[MOVIES.name] for source in embedded}


def is_own_file(found: FoundFiles, source: Source) -> bool:
    """Return whether the files of a source contain only that source."""
    return source is MOVIES or found.get(source.name) != found[MOVIES.name]


def _describe_missing(names: Sequence[str], headers: Iterable[Sequence[str]]) -> str:
    similar = difflib.get_close_matches("movies_dataset.csv", names, n=1, cutoff=0.7)
    hint = f" (did you mean {similar[0]}?)" if similar else ""
    rest = f" and {len(names) - MAX_NAMES_SHOWN:,} more" if len(names) > MAX_NAMES_SHOWN else ""
    found = ", ".join(names[:MAX_NAMES_SHOWN]) + rest if names else "no files"
    return (
        f"{MOVIES.plain_names} is missing{hint}: found {found}; expected a CSV or Parquet file with the columns "
        f"{', '.join(MOVIES.required)}{describe_foreign(names, headers)}"
    )


@dataclass(frozen=True, slots=True)
class StagedFiles:
    """Raw files in a folder of their own, under the names that the engines know."""

    found: FoundFiles
    names: Mapping[Path, str] = field(default_factory=dict)
    """The original name of each file."""
    ignored: Sequence[str] = ()
    """Sentences about files that are not used."""


def stage_files(origin: Path, folder: Path, *, copy: bool = False) -> StagedFiles:
    """Link or copy the raw files of a folder or zip file into a new folder, and unpack those that are zipped.

    Raises FilmotecaError or OSError if there are no usable files.
    """
    files = list_files(origin) if origin.is_dir() else []
    unpacker = Unpacker(archives.MAX_UNPACKED_BYTES)
    for archive in _choose_archives(files) if origin.is_dir() else [origin]:
        unpacked = folder / UNPACKED / archive.name
        unpacker.unpack(archive, unpacked)
        files += list_files(unpacked)
    chosen = choose_files(files, origin)
    staged: dict[Path, Path] = {}
    for name, paths in chosen.items():
        for path in paths:
            if path not in staged:
                staged[path] = _stage(path, folder / canonical_name(path.name, name), copy=copy)
    shutil.rmtree(folder / UNPACKED, ignore_errors=True)
    ignored = [
        f"{_shown_name(other[0], origin)} is ignored because {_shown_name(chosen[source.name][0], origin)} exists"
        for source in SOURCES
        for other in find_candidates(files, source)
        if other != chosen[source.name]
    ]
    ignored += [
        f"{_shown_name(path, origin)} is ignored: it {advice}"
        for path in files
        if not is_table(path.name) and path.suffix.lower() != ".zip" and (advice := conversion_advice(path.name))
    ]
    return StagedFiles(
        {name: tuple(staged[path] for path in paths) for name, paths in chosen.items()},
        {target: _shown_name(path, origin) for path, target in staged.items()},
        ignored,
    )


def _choose_archives(files: Iterable[Path]) -> list[Path]:
    """Return the zip files of single raw files, such as `credits.csv.zip`, or all if the films are in none of them."""
    archives = [path for path in files if path.suffix.lower() == ".zip" and zipfile.is_zipfile(path)]
    single = {path: path.with_suffix("") for path in archives}
    has_films = find_candidates([*files, *single.values()], MOVIES)
    return [path for path, inner in single.items() if not has_films or is_known(inner.name)]


def _stage(path: Path, target: Path, *, copy: bool) -> Path:
    if UNPACKED in path.parts:
        path.rename(target)
    elif copy and path.is_file():
        with path.open("rb") as source, target.open("wb") as file:
            file.writelines(read_with_progress(source, target.name, path.stat().st_size))
    else:
        target.symlink_to(path.absolute())
    return target


def _shown_name(path: Path, origin: Path) -> str:
    parts = path.parts
    if UNPACKED in parts:
        return "/".join(parts[parts.index(UNPACKED) + 1 :])
    return str(path.relative_to(origin))
