"""A folder that is written aside and put in its place whole."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eda.report import BUILD_FILE
from warehouse.errors import FilmotecaError


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Gives an empty folder beside; when the block ends well it takes the place of `folder`, else it is removed.

    Raises FilmotecaError where something stands that is no report: it is not ours to replace.
    """
    if folder.exists() and not ((folder / BUILD_FILE).is_file() or (folder.is_dir() and not any(folder.iterdir()))):
        raise FilmotecaError(f"{folder} holds something else than a report; choose another with --output, or empty it")
    folder.parent.mkdir(parents=True, exist_ok=True)
    _clean_up_after_the_dead(folder)
    aside = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    replaced_one = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    aside.mkdir()
    try:
        yield aside
        if folder.exists():
            folder.rename(replaced_one)
        aside.rename(folder)
    finally:
        if replaced_one.exists() and not folder.exists():
            replaced_one.rename(folder)
        shutil.rmtree(aside, ignore_errors=True)
        shutil.rmtree(replaced_one, ignore_errors=True)


def _clean_up_after_the_dead(folder: Path) -> None:
    """Removes what processes left that were killed; a report that one had put aside goes back to its place."""
    for left in folder.parent.glob(f".{folder.name}.*-*"):
        process = left.name.rpartition("-")[2]
        if not process.isdecimal() or _lives(int(process)):
            continue
        if left.name.startswith(f".{folder.name}.old-") and not folder.exists():
            left.rename(folder)
        else:
            shutil.rmtree(left)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
