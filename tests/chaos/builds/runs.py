"""Builds as commands, from alternating folders of raw files, into one published file."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil
import pytest

from warehouse.connection import open_read_only
from warehouse.settings import REPOSITORY_ROOT, Settings

BUILD_TIMEOUT_SECONDS, ORPHAN_TIMEOUT_SECONDS = 180.0, 5.0
DEADLINE = time.monotonic() + float(os.environ.get("CHAOS_SECONDS", "350"))
"""Time after which the long variants start nothing new. They print how many cases they ran."""

HALVES = [pytest.param(half, marks=pytest.mark.xdist_group(f"half {half}")) for half in range(2)]
"""Two processes run one half of each long variant: first the kills, then the damage."""

Victim = Literal["build", "group", "child"]
"""What is killed: the build's process, its process group, or only its child process (dbt or the training)."""


@dataclass(frozen=True, slots=True)
class BuildRunner:
    """Runs build commands and inspects what they leave behind."""

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

    def kill(self, folder: Path, *, is_due: Callable[[float], bool], victim: Victim) -> int:
        """Start a build and kill the victim when `is_due(seconds since the start)`.

        Returns the exit code, which is 0 if the build finished first.
        """
        process = self.start(folder)
        started = time.monotonic()
        while process.poll() is None and not is_due(time.monotonic() - started):
            assert time.monotonic() - started < BUILD_TIMEOUT_SECONDS, f"the build hangs: {self.output()}"
            time.sleep(0.001)
        if process.poll() is None:
            match victim:
                case "build":
                    process.kill()
                case "group":
                    os.killpg(process.pid, signal.SIGKILL)
                case "child":
                    for child in psutil.Process(process.pid).children():
                        child.kill()
        return process.wait(BUILD_TIMEOUT_SECONDS)

    def output(self) -> str:
        return self.output_file.read_text("utf-8", errors="replace")

    def published(self) -> tuple[str, int]:
        """Read every table of the published file; return its build id and number of films."""
        with open_read_only(self.settings.published_file) as connection:
            tables = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
            for schema, table in tables:
                connection.execute(f'from "{schema}"."{table}"').fetchall()
            [(build_id,)] = connection.execute("select build_id from quality.build_info").fetchall()
            return build_id, len(connection.table("marts.dim_movies"))

    def orphans(self) -> list[str]:
        """Return the command lines of processes that still use the file."""
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

    def assert_clean(self) -> None:
        """Assert that only the published file, the lock and dbt's parse cache are left."""
        deadline = time.monotonic() + ORPHAN_TIMEOUT_SECONDS
        while (orphans := self.orphans()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert orphans == []
        folder = self.settings.published_file.parent
        assert {path.name for path in folder.iterdir()} <= {"movies.duckdb", ".build", ".build.lock"}
        assert {path.name for path in self.settings.build_folder.iterdir()} <= {"target"}
