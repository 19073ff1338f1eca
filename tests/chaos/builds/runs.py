"""Builds as people run them: as commands, two folders of raw files in turn, into one published file."""

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

BUILD_SECONDS, END_SECONDS = 180.0, 5.0
DEADLINE = time.monotonic() + float(os.environ.get("CHAOS_SECONDS", "350"))
"""After it, the long forms begin nothing more: a slow machine tries less. They say how much they tried."""

HALVES = [pytest.param(half, marks=pytest.mark.xdist_group(f"half {half}")) for half in range(2)]
"""Two processes share the long forms, one half of each: first the kills, then the damage."""

Victim = Literal["build", "group", "child"]
"""Who is killed: the build's own process, it and all that it started, or what it started alone (dbt, the training)."""


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

    def kill(self, folder: Path, *, is_due: Callable[[float], bool], victim: Victim) -> int:
        """Starts a build, and kills its victim as soon as that is due, asked with the seconds since.

        Returns the exit code; 0 if the build came to its end first.
        """
        running = self.start(folder)
        begun = time.monotonic()
        while running.poll() is None and not is_due(time.monotonic() - begun):
            assert time.monotonic() - begun < BUILD_SECONDS, f"it hangs: {self.said()}"
            time.sleep(0.001)
        if running.poll() is None:
            match victim:
                case "build":
                    running.kill()
                case "group":
                    os.killpg(running.pid, signal.SIGKILL)
                case "child":
                    for child in psutil.Process(running.pid).children():
                        child.kill()
        return running.wait(BUILD_SECONDS)

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
