"""Import the full data set into warehouse/raw/: `python -m warehouse.data FROM`.

FROM is a zip file, a folder, an http(s) address of a zip, or `kaggle` (the public data set
rounakbanik/the-movies-dataset). If anything fails, warehouse/raw/ is unchanged.
"""

import argparse
import shutil
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from warehouse import raw_files
from warehouse.download import download
from warehouse.errors import FilmotecaError, run_command
from warehouse.lock import exclusive_lock
from warehouse.progress import read_with_progress
from warehouse.settings import Settings

KAGGLE_DATA_SET = "rounakbanik/the-movies-dataset"
MAX_UNZIPPED_BYTES = 8_000_000_000
"""Limit for all files of a zip together. The full data set has 0.9 GB."""
KNOWN_NAMES = frozenset(name for one in raw_files.SOURCES for name in one.file_names if ".csv" in name)
ORIGINS = "a zip file, a folder, an http(s) address or `kaggle`"


class BadArchiveError(FilmotecaError):
    """A zip file that cannot be used."""


def import_files(origin: str, settings: Settings) -> list[raw_files.RawFile]:
    """Validate the raw files of `origin` and copy them into the raw folder.

    Raises FilmotecaError or OSError; the raw folder is then unchanged.
    """
    if origin == "kaggle":
        return install(Path(_download_from_kaggle()), settings)
    if not origin.startswith(("http://", "https://")):
        return install(Path(origin).expanduser(), settings)
    archive = download(origin, settings.import_folder)
    try:
        files = install(archive, settings)
    except (BadArchiveError, raw_files.RawFilesError):
        archive.unlink()
        raise
    archive.unlink()
    return files


def install(origin: Path, settings: Settings) -> list[raw_files.RawFile]:
    """Copy or unzip into a temporary folder, validate every file, then swap it with the raw folder."""
    incoming, previous = settings.import_folder / "incoming", settings.import_folder / "previous"
    raw = settings.raw_folder
    with exclusive_lock(settings.lock_file):
        if previous.exists() and not raw.exists():  # a process was killed between the two renames
            previous.rename(raw)
        for leftover in (incoming, previous):
            shutil.rmtree(leftover, ignore_errors=True)
        incoming.mkdir(parents=True)
        try:
            _collect(origin, incoming)
            files = raw_files.check_files(incoming, raw_files.find_files(incoming))
            _swap(incoming, raw, previous)
        except raw_files.RawFilesError as error:
            raise raw_files.RawFilesError(origin, error.problems) from None
        finally:
            shutil.rmtree(incoming, ignore_errors=True)
        shutil.rmtree(previous, ignore_errors=True)
    return files


def _swap(incoming: Path, raw: Path, previous: Path) -> None:
    if raw.exists():
        raw.rename(previous)
    try:
        incoming.rename(raw)
    except BaseException:
        if previous.exists():
            previous.rename(raw)
        raise


def _collect(origin: Path, folder: Path) -> None:
    if origin.is_dir():
        for name in sorted(KNOWN_NAMES):
            if (path := origin / name).is_file():
                _copy(path.open("rb"), folder / name, path.stat().st_size)
    elif zipfile.is_zipfile(origin):
        _unzip(origin, folder)
    elif origin.exists():
        raise BadArchiveError(f"{origin} is not a zip file, or is truncated; expected {ORIGINS}")
    else:
        raise FilmotecaError(f"{origin} does not exist; expected {ORIGINS}")


def _unzip(archive: Path, folder: Path) -> None:
    """Extract only the known files, by their base names, so that no path of the zip is used."""
    try:
        with zipfile.ZipFile(archive) as opened:
            for name, member in _known_members(opened, archive):
                _copy(opened.open(member), folder / name, member.file_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        # zipfile raises RuntimeError for an encrypted member.
        raise BadArchiveError(f"cannot unzip {archive}: {error}; expected an intact, unencrypted zip file") from None


def _known_members(opened: zipfile.ZipFile, archive: Path) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    known = [
        (name, member)
        for member in opened.infolist()
        if not member.is_dir() and (name := PurePosixPath(member.filename).name) in KNOWN_NAMES
    ]
    for name in sorted(KNOWN_NAMES):
        if (count := sum(name == other for other, _ in known)) > 1:
            raise BadArchiveError(f"{archive} contains {name} {count} times; expected one data set per zip file")
    if (size := sum(member.file_size for _, member in known)) > MAX_UNZIPPED_BYTES:
        raise BadArchiveError(
            f"{archive} would unzip to {size / 1e9:,.1f} GB; expected at most {MAX_UNZIPPED_BYTES / 1e9:,.0f} GB"
        )
    yield from known


def _copy(source: IO[bytes], destination: Path, size: int) -> None:
    with source, destination.open("wb") as file:
        file.writelines(read_with_progress(source, destination.name, size))


def _download_from_kaggle() -> str:
    # Imported here because it takes a second and only this origin needs it.
    import kagglehub  # noqa: PLC0415

    try:
        return str(kagglehub.dataset_download(KAGGLE_DATA_SET))
    except Exception as error:  # its errors have no common base class
        raise FilmotecaError(
            f"cannot download {KAGGLE_DATA_SET} from Kaggle ({type(error).__name__}: {error}); check the network, set "
            "KAGGLE_USERNAME and KAGGLE_KEY, or download the zip with a browser and pass its path"
        ) from None


def main(arguments: Sequence[str]) -> int:
    """Import the data set and print what was imported; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m warehouse.data", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("origin", nargs="?", metavar="FROM", help="zip file, folder, http(s) address, or kaggle")
    origin = parser.parse_args(arguments).origin
    if not origin:
        raise FilmotecaError(f"no data set given; use `make data FROM=…` with {ORIGINS}")
    settings = Settings.from_environment()
    for line in raw_files.describe_files(import_files(origin, settings)):
        print(line)
    print(f"imported into {settings.raw_folder}; next: make build")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
