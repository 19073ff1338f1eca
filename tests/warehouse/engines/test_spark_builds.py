"""Builds on a Spark cluster of the sample in parts and as Parquet: the result, a lost worker, and interruptions."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.waiting import wait_for
from tools.engine_parity import compare_files
from warehouse.engines.requirements import check_requirements
from warehouse.errors import FilmotecaError
from warehouse.settings import REPOSITORY_ROOT, Settings

pytestmark = pytest.mark.spark
FAST_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Options of Java that suit processes of a few minutes."""
END_SECONDS = 30.0
"""How long processes of a killed build may take to end."""


class SparkBuild:
    """A running build on Spark."""

    def __init__(self, settings: Settings, raw_folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "warehouse.build", "--engine", "spark", "--raw-dir", str(raw_folder)],
            cwd=REPOSITORY_ROOT,
            env={**os.environ, "FILMOTECA_WAREHOUSE": str(settings.published_file), "JAVA_TOOL_OPTIONS": FAST_START},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.descendants: list[psutil.Process] = []

    def wait_for_line(self, text: str) -> None:
        """Read the output up to a line with this text, and take note of the processes that run then."""
        assert self.process.stdout
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if text in line:
                self.descendants = psutil.Process(self.process.pid).children(recursive=True)
                return
        raise AssertionError(f"the build ended: {''.join(lines[-20:])}")

    def kill(self, main_class: str) -> None:
        """Kill the first process that runs this class of Spark."""
        next(one for one in self.descendants if main_class in command_line(one)).kill()

    def has_executor(self) -> bool:
        self.descendants = psutil.Process(self.process.pid).children(recursive=True)
        return any("CoarseGrainedExecutorBackend" in command_line(one) for one in self.descendants)

    def finish(self) -> tuple[int, str]:
        """Wait for the end of the build and of all its processes; return its exit code and output."""
        output, _ = self.process.communicate(timeout=1200)
        wait_for(lambda: not any(map(is_alive, self.descendants)), "the end of all processes", END_SECONDS)
        return self.process.returncode, output


def command_line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def build(settings: Settings, sample_in_parts: Path) -> Iterator[SparkBuild]:
    try:
        check_requirements(settings.spark_folder)
    except FilmotecaError as error:
        pytest.skip(str(error))
    settings.published_file.write_bytes(b"the old warehouse")
    build = SparkBuild(settings, sample_in_parts)
    yield build
    build.process.kill()
    build.process.communicate()


def test_tables_equal_those_of_duckdb_although_a_worker_is_lost(
    build: SparkBuild, settings: Settings, sample_warehouse: Path
) -> None:
    build.wait_for_line(" marts.dim_movies: ")
    build.kill("deploy.worker.Worker")
    exit_code, output = build.finish()
    assert exit_code == 0, output
    assert [found for found in compare_files(sample_warehouse, settings.published_file) if found[1]] == []


def test_lost_master_ends_the_build_with_a_message(build: SparkBuild, settings: Settings) -> None:
    build.wait_for_line(" staging.")
    build.kill("deploy.master.Master")
    exit_code, output = build.finish()
    assert exit_code == 1
    assert "the published warehouse is unchanged:\n  the Spark master spark://127.0.0.1:" in output
    assert "was lost during the build" in output
    assert settings.published_file.read_bytes() == b"the old warehouse"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_build_leaves_no_process(build: SparkBuild, settings: Settings, number: signal.Signals) -> None:
    build.wait_for_line("tables and tests on Spark …")
    wait_for(build.has_executor, "an executor", 300)
    build.process.send_signal(number)
    exit_code, _ = build.finish()
    assert exit_code == (130 if number == signal.SIGINT else -signal.SIGKILL)
    assert settings.published_file.read_bytes() == b"the old warehouse"
    if number == signal.SIGINT:
        assert [path.name for path in settings.build_folder.iterdir() if path.name != "target"] == []
