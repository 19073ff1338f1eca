"""Replaces a folder atomically."""

import os
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
    if folder.exists() and not ((folder / BUILD_FILE).is_file() or (folder.is_dir() and not any(folder.iterdir()))):
        raise FilmotecaError(
            f"{folder} contains files that are not a report; choose another folder with --output or empty it"
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    _clean_up_after_killed_runs(folder)
    temporary = folder.with_name(f".{folder.name}.new-{os.getpid()}")
    previous = folder.with_name(f".{folder.name}.old-{os.getpid()}")
    temporary.mkdir()
    try:
        yield temporary
        if folder.exists():
            folder.rename(previous)
        temporary.rename(folder)
    finally:
        if previous.exists() and not folder.exists():
            previous.rename(folder)
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.rmtree(previous, ignore_errors=True)


def _clean_up_after_killed_runs(folder: Path) -> None:
    """Remove the folders of processes that no longer run, and restore a report that one of them had moved away."""
    for leftover in folder.parent.glob(f".{folder.name}.*-*"):
        process = leftover.name.rpartition("-")[2]
        if not process.isdecimal() or _is_running(int(process)):
            continue
        if leftover.name.startswith(f".{folder.name}.old-") and not folder.exists():
            leftover.rename(folder)
        else:
            shutil.rmtree(leftover)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
