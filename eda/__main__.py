"""`python -m eda`: write the exploratory report of the published warehouse as a folder of HTML pages."""

import argparse
import shutil
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from eda.report import BUILD_FILE, write_report
from warehouse.checks import missing_tables
from warehouse.connection import REBUILD, WarehouseUnavailableError, open_read_only
from warehouse.errors import FilmotecaError, interrupt_on, run_command
from warehouse.progress import Progress
from warehouse.settings import Settings


def main(arguments: Sequence[str]) -> int:
    """Write the report, replacing the previous one once it is complete, and return the exit status."""
    settings = Settings.from_environment()
    parser = argparse.ArgumentParser(prog="python -m eda", description=__doc__)
    parser.add_argument("--database", type=Path, metavar="FILE", default=settings.published_file)
    parser.add_argument("--output", type=Path, metavar="DIR", default=settings.report_folder)
    options = parser.parse_args(arguments)
    interrupt_on(signal.SIGTERM)
    progress, folder = Progress(), options.output.absolute()
    with open_read_only(options.database) as connection, replace_folder(folder) as temporary, progress.step("report"):
        if problems := missing_tables(connection):
            raise WarehouseUnavailableError(f"{options.database} is incomplete ({problems[0]}); {REBUILD}")
        write_report(connection, temporary, lambda done, total: progress.update("charts", done, total))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"wrote {folder} ({size / 1e6:.1f} MB); it needs no server or network")
    print(f"open {(folder / 'index.html').as_uri()}, or /eda if the API is running")
    if not settings.docs_file.exists():
        print("run `make docs` to write the table documentation that it links to")
    return 0


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


if __name__ == "__main__":
    sys.exit(run_command(main))
