"""Fixtures shared by several folders: a warehouse built from the bundled sample, and a browser."""

import fcntl
import io
import os
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, sync_playwright

from warehouse.build import BuildRun
from warehouse.build_commands import BuildCommands
from warehouse.connection import open_read_only
from warehouse.settings import Settings

SLOWEST = (
    "tests/chaos/builds/test_killed_builds",
    *("tests/eda/test_report", "tests/chaos/", "tests/benchmarks/", "tests/warehouse/", "tests/browser/"),
)
"""Paths of the slowest tests. They run first, so that no process is left alone with them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the slowest tests first: xdist distributes files in this order."""
    items.sort(key=lambda item: next((rank for rank, path in enumerate(SLOWEST) if path in item.nodeid), len(SLOWEST)))


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The published file of a build of the sample, shared by all processes of a test run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "sample-warehouse"
    folder.mkdir(exist_ok=True)
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(folder / "movies.duckdb")})
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not settings.published_file.exists():
            with redirect_stdout(io.StringIO()) as output:
                BuildRun(settings, BuildCommands.from_settings(settings)).run(settings.sample_folder)
            assert "dbt warns" not in output.getvalue()
    return settings.published_file


@pytest.fixture(scope="module")
def case_connection(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """What cases are tried on: the warehouse that FILMOTECA_WAREHOUSE names, with the full data set, or the sample."""
    with open_read_only(Path(os.environ.get("FILMOTECA_WAREHOUSE", sample_warehouse))) as connection:
        yield connection


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium or Chrome, if it is installed."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.skip("Chromium is not installed; run `apt-get install chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
