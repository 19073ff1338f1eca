"""SIGKILL at points spread over a build: the published file is the old or the new one, whole, and the next build works.

The short form, one kill in the middle of dbt, is in `tests/warehouse/test_build_on_sample.py`.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from warehouse.connection import open_read_only
from warehouse.settings import REPOSITORY_ROOT, Settings

POINTS_IN_TIME = 38
LINES = (
    "raw files …",
    "raw files:",
    "tables and tests …",
    "tables and tests:",
    "recommender …",
    "films",
    "pairs of near films",
    "recommender:",
    "checks …",
    "checks:",
    "publication …",
    "publication:",
)
"""What a build has just said when it is killed, beside the points in time."""
A_BUILD_WORKS_EVERY = 6
"""Points after which a build runs to its end; the others are begun on what a killed build left."""
BUILD_SECONDS, END_SECONDS = 120.0, 5.0


@dataclass(frozen=True, slots=True)
class Runs:
    """Builds of two raw folders in turn, as commands, into one file."""

    settings: Settings
    output: Path
    """What the build that runs now has said."""

    def start(self, folder: Path) -> "subprocess.Popen[bytes]":
        with self.output.open("wb") as output:
            return subprocess.Popen(
                [sys.executable, "-u", "-m", "warehouse.build", "--raw-dir", str(folder)],
                cwd=REPOSITORY_ROOT,
                env={**os.environ, "FILMOTECA_WAREHOUSE": str(self.settings.published_file)},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def finish(self, folder: Path) -> float:
        """Builds to the end; returns its seconds."""
        begun = time.monotonic()
        assert self.start(folder).wait(BUILD_SECONDS) == 0, self.said()
        return time.monotonic() - begun

    def kill(self, folder: Path, *, is_due: Callable[[float], bool], whole_group: bool) -> None:
        """Starts a build, and kills it as soon as it is due, asked with the seconds since; or lets it end before."""
        running = self.start(folder)
        begun = time.monotonic()
        while running.poll() is None and not is_due(time.monotonic() - begun):
            assert time.monotonic() - begun < BUILD_SECONDS, f"it hangs: {self.said()}"
            time.sleep(0.001)
        if running.poll() is None:
            (os.killpg if whole_group else os.kill)(running.pid, signal.SIGKILL)
        running.wait()

    def said(self) -> str:
        return self.output.read_text("utf-8", errors="replace")

    def published(self) -> tuple[str, int]:
        """The build and the films of the published file, every table of which is read."""
        with open_read_only(self.settings.published_file) as connection:
            tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
            for schema, table in tables:
                connection.execute(f'from "{schema}"."{table}"').fetchall()
            [(build_id,)] = connection.execute("select build_id from quality.build_info").fetchall()
            return build_id, len(connection.table("marts.dim_movies"))

    def orphans(self) -> list[str]:
        """The command lines of processes that still work on the file."""
        folder = str(self.settings.build_folder)
        return [
            " ".join(process.info["cmdline"])
            for process in psutil.process_iter(["cmdline", "environ"])
            if process.info["cmdline"]
            and process.pid != os.getpid()
            and (
                folder in " ".join(process.info["cmdline"])
                or (process.info["environ"] or {}).get("FILMOTECA_WAREHOUSE") == str(self.settings.published_file)
            )
        ]

    def leave_nothing(self) -> None:
        """Fails if anything but the published file, the lock and dbt's parse cache is there."""
        deadline = time.monotonic() + END_SECONDS
        while (orphans := self.orphans()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert orphans == []
        folder = self.settings.published_file.parent
        assert {path.name for path in folder.iterdir()} <= {"movies.duckdb", ".build", ".build.lock"}
        assert {path.name for path in self.settings.build_folder.iterdir()} <= {"target"}


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    settings = Settings.from_environment({"FILMOTECA_WAREHOUSE": str(tmp_path / "published" / "movies.duckdb")})
    settings.published_file.parent.mkdir()
    return Runs(settings, tmp_path / "output")


def without_the_last_keywords(folder: Path, copy: Path) -> Path:
    """The same raw files, all but the last record of keywords: another build."""
    shutil.copytree(folder, copy)
    lines = (copy / "keywords.csv").read_text("utf-8").splitlines(keepends=True)
    (copy / "keywords.csv").write_text("".join(lines[:-1]), "utf-8")
    return copy


@pytest.mark.chaos
def test_killed_at_any_point_a_build_leaves_a_whole_file_and_the_next_one_works(
    runs: Runs, faulty_films: Path, tmp_path: Path
) -> None:
    folders = [faulty_films, without_the_last_keywords(faulty_films, tmp_path / "other")]
    runs.finish(folders[1])
    builds = [runs.published()]
    seconds = runs.finish(folders[0])
    builds.insert(0, runs.published())
    assert builds[0] != builds[1]

    def in_time(share: float) -> Callable[[float], bool]:
        return lambda passed: passed >= share * seconds

    def by_line(line: str) -> Callable[[float], bool]:
        return lambda _: line in runs.said()

    points = [by_line(line) for line in LINES]
    points += [in_time(number / POINTS_IN_TIME) for number in range(POINTS_IN_TIME)]
    standing = 0
    for number, is_due in enumerate(points, start=1):
        other = 1 - standing
        runs.kill(folders[other], is_due=is_due, whole_group=number % 2 == 0)
        published = runs.published()
        assert published in (builds[standing], builds[other]), f"point {number}: {runs.said()}"
        if published == builds[other]:
            standing = other
        if number % A_BUILD_WORKS_EVERY == 0 or number == len(points):
            runs.finish(folders[1 - standing])
            standing = 1 - standing
            assert runs.published() == builds[standing]
            runs.leave_nothing()
