"""dbt as a child process, with its progress and failure messages."""

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

THREADS = 4
MAX_LINES_SHOWN = 40
_HIDDEN_EVENTS = ("LogModelResult", "LogTestResult", "LogSeedResult", "LogNodeResult", "MainStackTrace")
"""Hidden in failure messages. dbt repeats the first four with their reasons at the end of its log."""


BUILD = (
    *("build", "--no-populate-cache", "--exclude-resource-type", "unit_test"),
    *("--exclude", "path:models/staging,resource_type:test"),
)
"""Builds and tests every model in a new file, without unit tests, whose results do not depend on the raw files, and
without tests of staging views, which read the raw files again: the screened tables have the same rows and tests."""


def dbt_command(settings: Settings, *arguments: str) -> list[str]:
    """Return the command line of a dbt command such as `build`, which prints one JSON event per line."""
    # -P keeps the working directory off sys.path. Without garbage collection, dbt starts 10 % faster.
    dbt = (sys.executable, "-P", "-c", "import gc; gc.disable(); from dbt.cli.main import cli; cli()")
    return [*dbt, *dbt_arguments(settings, *arguments)]


def dbt_arguments(settings: Settings, *arguments: str, target: str = "build") -> list[str]:
    """Return the arguments of dbt for a command such as `build`."""
    cache = parse_cache(settings)
    return [
        *(*arguments, "--project-dir", str(settings.dbt_project), "--profiles-dir", str(settings.dbt_project)),
        *("--target", target, "--target-path", str(cache if target == "build" else cache / target)),
        *("--log-format", "json", "--log-level-file", "none", "--no-use-colors"),
    ]


def build_command(settings: Settings, *arguments: str) -> list[str]:
    """Return the command line that builds and tests the models on DuckDB."""
    return dbt_command(settings, *BUILD, *arguments)


def parse_cache(settings: Settings) -> Path:
    """Return the folder of dbt's artifacts, which are reused so that dbt does not parse unchanged models again."""
    return settings.build_folder / "target"


def dbt_environment(settings: Settings, raw_folder: Path) -> dict[str, str]:
    """Return the environment variables that dbt's project reads.

    Concurrent models share the memory and cannot spill everything to disk, so models are built one at a time if the raw
    files are larger than the memory.
    """
    memory = settings.build_memory_bytes
    raw_bytes = sum(path.stat().st_size for path in raw_folder.iterdir() if path.is_file())
    # The database is relative to the folder dbt runs in, because dbt-duckdb puts its path into SQL unescaped.
    return {
        "FILMOTECA_RAW_DIR": str(raw_folder),
        "FILMOTECA_DATABASE": os.path.relpath(settings.built_file, settings.dbt_project),
        "FILMOTECA_BUILD_MEMORY": f"{memory} B",
        "FILMOTECA_SPARK_OUTPUT": "",
        "FILMOTECA_BUILD_THREADS": str(THREADS if raw_bytes <= memory else 1),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }


@dataclass(slots=True)
class DbtLog:
    """A consumer of dbt's JSON log that prints progress and collects errors and warnings."""

    progress: Progress
    step: str = "tables and tests"
    done: int = 0
    node_seconds: float = 0.0
    """Time from the start of the first node to the end of the last, without dbt's start-up."""
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    other_lines: deque[str] = field(default_factory=lambda: deque(maxlen=MAX_LINES_SHOWN))
    """Lines that are not events, such as the traceback of a crash."""

    def process_line(self, line: str) -> None:
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
            self.report_node(data, total)
        if info["name"] == "FinishedRunningStats":
            self.node_seconds = float(data["execution_time"])
        if info["name"] in _HIDDEN_EVENTS or not info["msg"].strip():
            return
        if info["level"] == "error":
            self.errors.append(info["msg"])
        elif info["level"] == "warn":
            self.warnings.append(info["msg"])

    def report_node(self, data: Mapping[str, Any], total: int) -> None:
        """Report a finished model, seed or test."""
        self.progress.update(self.step, self.done, total)

    def failure_message(self) -> str:
        """Return the failed nodes and dbt's messages, shortened."""
        lines = "\n".join(self.errors or self.other_lines or ["dbt printed nothing"]).splitlines()
        cut = [f"… and {len(lines) - MAX_LINES_SHOWN} more lines"] if len(lines) > MAX_LINES_SHOWN else []
        return "\n".join(f"  {line}" for line in lines[:MAX_LINES_SHOWN] + cut)


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
        on_line=log.process_line,
    )
    if result.exit_code != 0:
        raise FilmotecaError(f"`dbt {' '.join(arguments)}` failed:\n{log.failure_message()}")
