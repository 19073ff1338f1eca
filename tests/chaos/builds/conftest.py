"""Fixtures: small raw files with every defect of the sample, and a runner of build commands."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import psutil
import pytest

from tests.waiting import wait_for
from warehouse.connection import open_read_only
from warehouse.settings import REPOSITORY_ROOT, Settings

BUILD_TIMEOUT_SECONDS = 180.0
DEADLINE = time.monotonic() + float(os.environ.get("CHAOS_SECONDS", "350"))
"""Time after which the long variants start nothing new. They print how many cases they ran."""

SAMPLE = REPOSITORY_ROOT / "warehouse" / "sample"
FILMS = r"(?:105|144|238|524|662|832|3082|8357|10947|11252|11548|14285|16624|17431|52661|99\d+|.*\D.*|)"
"""Pattern of the ids of the films with defects, of invented films, and of malformed records."""
RECORDS = {"movies_dataset": ("id", FILMS), "credits": ("id", FILMS), "keywords": ("id", FILMS)} | {
    "links": ("tmdbId", FILMS),
    "ratings_small": ("userId", "(?:1|2|60)"),
}
"""Column and pattern of the records to copy, by file."""


@dataclass(frozen=True, slots=True)
class BuildRunner:
    """Runs build commands that publish one file, and inspects what they leave behind."""

    settings: Settings
    output_file: Path
    """Output of the latest build."""

    def start(self, folder: Path) -> "subprocess.Popen[bytes]":
        with self.output_file.open("wb") as output:
            return subprocess.Popen(
                [sys.executable, "-u", "-m", "warehouse.build", "--raw-dir", str(folder)],
                cwd=REPOSITORY_ROOT,
                env={**os.environ, "FILMOTECA_WAREHOUSE": str(self.settings.published_file)},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def build(self, folder: Path) -> float:
        """Run a build that must succeed; return its duration in seconds."""
        started = time.monotonic()
        assert self.start(folder).wait(BUILD_TIMEOUT_SECONDS) == 0, self.output()
        return time.monotonic() - started

    def output(self) -> str:
        return self.output_file.read_text("utf-8", errors="replace")

    def published(self) -> str:
        """Read every table of the published file and return its build id."""
        with open_read_only(self.settings.published_file) as connection:
            tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
            for schema, table in tables:
                connection.execute(f'from "{schema}"."{table}"').fetchall()
            [(build_id,)] = connection.execute("select build_id from quality.build_info").fetchall()
            return str(build_id)

    def has_processes(self) -> bool:
        name, value = "FILMOTECA_WAREHOUSE", str(self.settings.published_file)
        return any((each.info["environ"] or {}).get(name) == value for each in psutil.process_iter(["environ"]))

    def assert_clean(self) -> None:
        """Assert that only the published file, the lock and dbt's parse cache are left."""
        wait_for(lambda: not self.has_processes(), "the processes of the build end", seconds=5)
        folder = self.settings.published_file.parent
        assert {path.name for path in folder.iterdir()} <= {"movies.duckdb", ".build", ".build.lock"}
        assert {path.name for path in self.settings.build_folder.iterdir()} <= {"target"}


@pytest.fixture(scope="session")
def faulty_films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, reduced to the films with a defect: all rejection rules on a tenth of the bytes."""
    folder = tmp_path_factory.mktemp("faulty-films")
    for name, (column, pattern) in RECORDS.items():
        records = pd.read_csv(SAMPLE / f"{name}.csv", dtype=str, keep_default_na=False)
        records[records[column].str.fullmatch(pattern)].to_csv(folder / f"{name}.csv", index=False)
    return folder


@pytest.fixture(scope="session")
def other_films(faulty_films: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same files without the last record of keywords, for a different build."""
    folder = tmp_path_factory.mktemp("other-films")
    shutil.copytree(faulty_films, folder, dirs_exist_ok=True)
    lines = (folder / "keywords.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "keywords.csv").write_text("".join(lines[:-1]), "utf-8")
    return folder


@pytest.fixture
def runner(tmp_path: Path) -> BuildRunner:
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(tmp_path / "published" / "movies.duckdb")})
    settings.published_file.parent.mkdir()
    return BuildRunner(settings, tmp_path / "output")
