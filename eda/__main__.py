"""`python -m eda`: write the exploratory report of the published warehouse as a folder of HTML pages."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from eda.folders import replace_folder
from eda.report import write_report
from warehouse.checks import missing_tables
from warehouse.connection import REBUILD, WarehouseUnavailableError, open_read_only
from warehouse.errors import interrupt_on, run_command
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


if __name__ == "__main__":
    sys.exit(run_command(main))
