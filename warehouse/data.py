"""`python -m warehouse.data FROM`: brings the full data set into warehouse/raw/, whole or not at all.

FROM is a zip file or a folder on disk, an http(s) address of a zip, or the word kaggle (the public data set
rounakbanik/the-movies-dataset).
"""

import argparse
import shutil
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from tqdm import tqdm

from warehouse import raw_files
from warehouse.download import download, forget
from warehouse.errors import FilmotecaError, run_command
from warehouse.lock import exclusive_lock
from warehouse.settings import Settings

KAGGLE_DATA_SET = "rounakbanik/the-movies-dataset"
MOST_BYTES = 8_000_000_000
"""Unzipped, all known files together: the full data set has 0.9 GB."""
KNOWN_NAMES = frozenset(name for source in raw_files.SOURCES for name in source.file_names)


class BadArchiveError(FilmotecaError):
    """The zip cannot be used, and reading it again would not help."""


def bring(origin: str, settings: Settings) -> list[raw_files.RawFile]:
    """Puts the known files of `origin` into the raw folder and returns them, checked.

    On any error the raw folder is as it was.
    """
    aside = settings.data_folder
    if origin == "kaggle":
        return place(Path(_download_from_kaggle()), settings)
    if not origin.startswith(("http://", "https://")):
        return place(Path(origin).expanduser(), settings)
    archive = download(origin, aside)
    try:
        files = place(archive, settings)
    except (BadArchiveError, raw_files.RawFilesError):
        forget(archive)
        raise
    forget(archive)
    return files


def place(origin: Path, settings: Settings) -> list[raw_files.RawFile]:
    """Copies or unzips aside, checks every file in full, then swaps the folders."""
    incoming, previous = settings.data_folder / "incoming", settings.data_folder / "previous"
    raw = settings.raw_folder
    with exclusive_lock(settings.lock_file):
        if previous.exists() and not raw.exists():  # killed between the two renames
            previous.rename(raw)
        for left in (incoming, previous):
            shutil.rmtree(left, ignore_errors=True)
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
                with path.open("rb") as source:
                    _copy(source, folder / name, path.stat().st_size)
    elif zipfile.is_zipfile(origin):
        _unzip(origin, folder)
    elif origin.exists():
        raise BadArchiveError(f"{origin} is no zip file, or a cut-off one; expected: the whole zip")
    else:
        raise FilmotecaError(f"{origin} does not exist; expected: a zip or folder, an http(s) address, or kaggle")


def _unzip(archive: Path, folder: Path) -> None:
    """Takes the known files alone, under their bare names: no path of the zip is ever used."""
    try:
        with zipfile.ZipFile(archive) as opened:
            for name, member in _known_members(opened, archive):
                with opened.open(member) as source:
                    _copy(source, folder / name, member.file_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        # RuntimeError is what zipfile raises for an encrypted member.
        raise BadArchiveError(f"{archive} cannot be unzipped: {error}; expected: a sound zip") from None


def _known_members(opened: zipfile.ZipFile, archive: Path) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    known = [
        (name, member)
        for member in opened.infolist()
        if not member.is_dir() and (name := PurePosixPath(member.filename).name) in KNOWN_NAMES
    ]
    for name in sorted(KNOWN_NAMES):
        if (times := sum(name == other for other, _ in known)) > 1:
            raise BadArchiveError(f"{archive} holds {name} {times} times; expected: one data set in one zip")
    if (size := sum(member.file_size for _, member in known)) > MOST_BYTES:
        raise BadArchiveError(
            f"{archive} would unzip to {size / 1e9:,.1f} GB; expected: at most {MOST_BYTES / 1e9:,.0f} GB"
        )
    yield from known


def _copy(source: IO[bytes], place: Path, size: int) -> None:
    with (
        place.open("wb") as file,
        tqdm(total=size, unit="B", unit_scale=True, desc=place.name, disable=None) as bar,
    ):
        while chunk := source.read(1 << 20):
            file.write(chunk)
            bar.update(len(chunk))


def _download_from_kaggle() -> str:
    # Imported here: it takes a second, and only this way in needs it.
    import kagglehub  # noqa: PLC0415

    try:
        return str(kagglehub.dataset_download(KAGGLE_DATA_SET))
    except Exception as error:  # its errors have no common parent; none of them is a bug of ours
        raise FilmotecaError(
            f"cannot download {KAGGLE_DATA_SET} from Kaggle ({type(error).__name__}: {error}); it needs the "
            "network, and for some networks an account (KAGGLE_USERNAME and KAGGLE_KEY); or download the zip "
            "with a browser and give its path"
        ) from None


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m warehouse.data",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("origin", nargs="?", metavar="FROM", help="zip, folder, http(s) address, or kaggle")
    origin = parser.parse_args(arguments).origin
    if not origin:
        raise FilmotecaError(
            "nothing says where the data set is; expected: make data FROM=archive.zip, FROM=folder, "
            "FROM=https://… or FROM=kaggle"
        )
    settings = Settings.from_environment()
    files = bring(origin, settings)
    for file in files:
        print(f"{file.path.name}: {file.record_count:,} records, {file.size_bytes / 1e6:.1f} MB")
    print(f"placed in {settings.raw_folder}; next: make build")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
