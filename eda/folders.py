"""Replaces the folder of the report atomically."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eda.report import BUILD_FILE
from warehouse.errors import FilmotecaError


@contextmanager
def replace_folder(folder: Path) -> Iterator[Path]:
    """Yield an empty folder that replaces `folder` when the block succeeds, and is removed otherwise.

    Raises:
        FilmotecaError: `folder` exists and does not contain a report.
    """
    if folder.exists() and not (folder / BUILD_FILE).is_file() and any(folder.iterdir()):
        raise FilmotecaError(
            f"{folder} contains files that are not a report; choose another folder with --output or empty it"
        )
    incoming, previous = (folder.with_name(f".{folder.name}.{kind}") for kind in ("new", "old"))
    _clean_up(folder, incoming, previous)  # after a killed run
    incoming.mkdir(parents=True)
    try:
        yield incoming
        if folder.exists():
            folder.rename(previous)
        incoming.rename(folder)
    finally:
        _clean_up(folder, incoming, previous)


def _clean_up(folder: Path, incoming: Path, previous: Path) -> None:
    if previous.exists() and not folder.exists():
        previous.rename(folder)
    shutil.rmtree(incoming, ignore_errors=True)
    shutil.rmtree(previous, ignore_errors=True)
