"""Runs dbt as a process of its own, and tells what it does and why it failed in its own words."""

import json
import os
import sys
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warehouse.errors import FilmotecaError
from warehouse.processes import run_process
from warehouse.progress import Progress
from warehouse.settings import Settings

MODELS_AT_ONCE = 4
MOST_LINES_SHOWN = 40
_UNSHOWN_EVENTS = ("LogModelResult", "LogTestResult", "LogSeedResult", "LogNodeResult", "MainStackTrace")
"""The first four come again, with their reasons, at the end of the log."""


def dbt_command(settings: Settings, *arguments: str) -> list[str]:
    """Returns a dbt command, such as `build`, on the project. Its output is one JSON event a line."""
    # -P keeps the folder off sys.path; without the garbage collector dbt starts a tenth faster, and ends soon anyway.
    return [
        *(sys.executable, "-P", "-c", "import gc; gc.disable(); from dbt.cli.main import cli; cli()", *arguments),
        *("--project-dir", str(settings.dbt_project), "--profiles-dir", str(settings.dbt_project)),
        *("--target", "build", "--target-path", str(parse_cache(settings))),
        *("--log-format", "json", "--log-level-file", "none", "--no-use-colors"),
    ]


def build_command(settings: Settings, *arguments: str) -> list[str]:
    """Returns the command that builds and tests every model in a fresh file, of which dbt need remember nothing.

    Unit tests are left out: they test the models with rows of their own, and would say the same of any raw files.
    """
    no_unit_tests = ("--exclude-resource-type", "unit_test")
    return dbt_command(settings, "build", "--no-populate-cache", *no_unit_tests, *arguments)


def parse_cache(settings: Settings) -> Path:
    """dbt's artifacts; kept between builds because they spare dbt the parsing of unchanged models."""
    return settings.build_folder / "target"


def dbt_environment(settings: Settings, raw_folder: Path) -> dict[str, str]:
    """Returns what the project is told by its environment.

    Models that are made beside each other divide the memory, and not all of what they hold can lie on the disk: of raw
    files that are larger than it, one model is made at a time.
    """
    memory = settings.build_memory_bytes
    raw_bytes = sum(path.stat().st_size for path in raw_folder.glob("*"))
    # The database is relative to the folder dbt runs in, because dbt-duckdb puts its path into SQL unescaped.
    return {
        "FILMOTECA_RAW_DIR": str(raw_folder),
        "FILMOTECA_DATABASE": os.path.relpath(settings.built_file, settings.dbt_project),
        "FILMOTECA_BUILD_MEMORY": f"{memory} B",
        "FILMOTECA_BUILD_THREADS": str(MODELS_AT_ONCE if raw_bytes <= memory else 1),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }


@dataclass(slots=True)
class DbtLog:
    """Follows dbt's JSON log line by line: progress on the progress, errors and warnings kept."""

    progress: Progress
    done: int = 0
    node_seconds: float = 0.0
    """From the first node's start to the last one's end, without dbt's own start and parsing."""
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    other_lines: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_LINES_SHOWN))
    """What is no event, such as the traceback of a crash."""

    def follow(self, line: str) -> None:
        try:
            event: dict[str, Any] = json.loads(line)
            info, data = event["info"], event["data"]
        except (ValueError, KeyError, TypeError):
            if line.strip():
                self.other_lines.append(line)
            return
        if "index" in data and not any(word in info["name"] for word in ("Start", "Hook")):
            self.done += 1
            total = data.get("total") or data.get("num_models") or self.done
            self.progress.update("tables and tests", self.done, total)
        if info["name"] == "FinishedRunningStats":
            self.node_seconds = float(data["execution_time"])
        if info["name"] in _UNSHOWN_EVENTS or not info["msg"].strip():
            return
        if info["level"] == "error":
            self.errors.append(info["msg"])
        elif info["level"] == "warn":
            self.warnings.append(info["msg"])

    def why_failed(self) -> str:
        """The failed nodes and their messages as dbt gave them, cut to a screenful."""
        lines = "\n".join(self.errors or self.other_lines or ["dbt said nothing"]).splitlines()
        cut = [f"… and {len(lines) - MOST_LINES_SHOWN} more lines"] if len(lines) > MOST_LINES_SHOWN else []
        return "\n".join(f"  {line}" for line in lines[:MOST_LINES_SHOWN] + cut)


def run_dbt(
    settings: Settings,
    raw_folder: Path,
    progress: Progress,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run a dbt command on the project. Raises FilmotecaError with dbt's messages if it fails."""
    log = DbtLog(progress)
    result = run_process(
        dbt_command(settings, *arguments),
        cwd=settings.dbt_project,
        environment={**dbt_environment(settings, raw_folder), **(environment or {})},
        on_line=log.follow,
    )
    if result.exit_code != 0:
        raise FilmotecaError(f"`dbt {' '.join(arguments)}` failed:\n{log.why_failed()}")
