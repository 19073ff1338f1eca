"""`python -m eda`: the exploratory report of the published warehouse, as a folder of pages that open from disk."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from eda.folders import replaced
from eda.report import write_report
from warehouse.checks import missing_tables
from warehouse.connection import REBUILD, WarehouseUnavailableError, open_read_only
from warehouse.errors import run_command
from warehouse.progress import Progress
from warehouse.settings import Settings


def main(arguments: Sequence[str]) -> int:
    """Writes the report and says how to open it; what was there before stays until the new one is whole."""
    settings = Settings.from_environment()
    parser = argparse.ArgumentParser(prog="python -m eda", description=__doc__)
    parser.add_argument("--database", type=Path, metavar="FILE", default=settings.published_file)
    parser.add_argument("--output", type=Path, metavar="DIR", default=settings.report_folder)
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _stop)
    progress, folder = Progress(), options.output.absolute()
    with open_read_only(options.database) as connection, replaced(folder) as aside, progress.step("report"):
        if problems := missing_tables(connection):
            raise WarehouseUnavailableError(f"{options.database} is incomplete ({problems[0]}); {REBUILD}")
        write_report(connection, aside, lambda done, total: progress.update("charts", done, total))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"wrote {folder} ({size / 1e6:.1f} MB): needs no server and no network")
    print(f"open it in a browser: {(folder / 'index.html').as_uri()}, or /eda where the service runs")
    if not settings.docs_file.exists():
        print("its links to the tables lead to their documentation, which `make docs` writes")
    return 0


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(run_command(main))
