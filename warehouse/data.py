"""Import the full data set into warehouse/raw/: `python -m warehouse.data FROM`.

FROM is a zip file, a folder, an http(s) address of a zip, or `kaggle` (the public data set
rounakbanik/the-movies-dataset). If anything fails, warehouse/raw/ is unchanged.
"""

import argparse
import shutil
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from warehouse.archives import BadArchiveError
from warehouse.download import download
from warehouse.errors import FilmotecaError, run_command
from warehouse.lock import exclusive_lock
from warehouse.raw_files import RawFile, check_files, describe_files
from warehouse.raw_finder import RawFilesError, stage_files
from warehouse.raw_sources import is_table
from warehouse.raw_tables import read_header
from warehouse.settings import Settings

KAGGLE_DATA_SET = "rounakbanik/the-movies-dataset"
MAX_COLUMNS_SHOWN = 5
ORIGINS = "a zip file, a folder, an http(s) address or `kaggle`"


def import_files(origin: str, settings: Settings) -> list[RawFile]:
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
    except (BadArchiveError, RawFilesError):
        archive.unlink()
        raise
    archive.unlink()
    return files


def install(origin: Path, settings: Settings) -> list[RawFile]:
    """Copy or unzip into a temporary folder, validate every file, then swap it with the raw folder."""
    _check_origin(origin)
    incoming, previous = settings.import_folder / "incoming", settings.import_folder / "previous"
    raw = settings.raw_folder
    with exclusive_lock(settings.lock_file):
        if previous.exists() and not raw.exists():  # a process was killed between the two renames
            previous.rename(raw)
        for leftover in (incoming, previous):
            shutil.rmtree(leftover, ignore_errors=True)
        incoming.mkdir(parents=True)
        try:
            staged = stage_files(origin, incoming, copy=True)
            files = check_files(incoming, staged.found, staged.names)
            _swap(incoming, raw, previous)
        except RawFilesError as error:
            raise RawFilesError(origin, error.problems) from None
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


def _check_origin(origin: Path) -> None:
    if not origin.exists():
        raise FilmotecaError(f"{origin} does not exist; expected {ORIGINS}")
    if not origin.is_dir() and not zipfile.is_zipfile(origin):
        if is_table(origin.name) and (header := read_header(origin)):
            raise FilmotecaError(
                f"{origin} is a single file with the columns {', '.join(header[:MAX_COLUMNS_SHOWN])}; give the folder "
                f"that contains it: make data FROM={origin.parent}"
            )
        raise BadArchiveError(f"{origin} is not a zip file, or is truncated; expected {ORIGINS}")


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
    for line in describe_files(import_files(origin, settings)):
        print(line)
    print(f"imported into {settings.raw_folder}; next: make build")
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
