"""What the tests of several rooms share: a warehouse built from the bundled sample, once a run; a browser."""

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from warehouse.build import BuildCommands, BuildRun
from warehouse.settings import Settings

LONGEST = (
    "tests/chaos/builds/test_killed_builds",
    *("tests/eda/test_report", "tests/chaos/", "tests/benchmarks/", "tests/warehouse/", "tests/browser/"),
)
"""Where the tests are that take longest; they begin, lest a process be left alone with them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest tests first; xdist gives out their files in the order of the list."""
    items.sort(key=lambda item: next((at for at, path in enumerate(LONGEST) if path in item.nodeid), len(LONGEST)))


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The published file of a full build of the sample; the processes of one test run share it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "sample-warehouse"
    folder.mkdir(exist_ok=True)
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(folder / "movies.duckdb")})
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not settings.published_file.exists():
            BuildRun(settings, BuildCommands.from_settings(settings)).run(settings.sample_folder)
    return settings.published_file


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium, or one of its kin."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.skip("there is no chromium on this machine; `apt-get install chromium` brings it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()
