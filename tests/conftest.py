"""What the tests of several rooms share: a warehouse built from the bundled sample, once a run."""

import fcntl
from pathlib import Path

import pytest

from warehouse.build import Build, Commands
from warehouse.settings import Settings


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
            Build(settings, Commands.of(settings)).run(settings.sample_folder)
    return settings.published_file
