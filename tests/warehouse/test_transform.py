"""dbt's log as progress and failure messages, and its memory settings."""

import json
from pathlib import Path

import duckdb
import pytest

from warehouse.errors import FilmotecaError
from warehouse.progress import Progress
from warehouse.settings import Settings
from warehouse.transform import MAX_LINES_SHOWN, DbtLog, dbt_environment


def event(name: str, message: str, level: str = "info", **data: int) -> str:
    return json.dumps({"info": {"name": name, "msg": message, "level": level}, "data": data})


def test_progress_counts_finished_nodes_with_a_line_per_quarter(capsys: pytest.CaptureFixture[str]) -> None:
    log = DbtLog(Progress())
    log.process_line(event("LogHookEndLine", "OK hook", index=1, total=1))
    for index in range(1, 9):
        log.process_line(event("LogStartLine", f"{index} of 8 START", index=index, total=8))
        if index % 2:
            log.process_line(event("LogTestResult", f"{index} of 8 PASS", index=index, num_models=8))
        else:
            log.process_line(event("LogModelResult", f"{index} of 8 OK", index=index, total=8))
    assert capsys.readouterr().out.splitlines() == [f"  tables and tests {done}/8" for done in (2, 4, 6, 8)]


def test_failure_shows_each_node_once_with_its_message() -> None:
    log = DbtLog(Progress())
    log.process_line(event("LogTestResult", "3 of 5 FAIL 1 unique_id", "error", index=3, num_models=5))
    log.process_line(event("Formatting", ""))
    log.process_line(event("RunResultFailure", "Failure in test unique_id (models/movies.yml)", "error"))
    log.process_line(event("RunResultError", "  Got 1 result, configured to fail if != 0", "error"))
    log.process_line(event("MainStackTrace", "Traceback (most recent call last):", "error"))
    log.process_line(event("DeprecatedModel", "this model is deprecated", "warn"))
    assert log.failure_message().splitlines() == [
        "  Failure in test unique_id (models/movies.yml)",
        "    Got 1 result, configured to fail if != 0",
    ]
    assert log.warnings == ["this model is deprecated"]


def test_last_lines_are_shown_when_dbt_crashes() -> None:
    log = DbtLog(Progress())
    for line in ("{}", "[1]", "", "ImportError: no module named dbt"):
        log.process_line(line)
    assert log.failure_message().splitlines()[-1] == "  ImportError: no module named dbt"
    log.process_line(event("RunResultError", "\n".join(["line"] * (MAX_LINES_SHOWN + 5)), "error"))
    lines = log.failure_message().splitlines()
    assert (len(lines), lines[-1]) == (MAX_LINES_SHOWN + 1, "  … and 5 more lines")


def test_memory_limit_is_the_lower_of_setting_and_machine(tmp_path: Path) -> None:
    default = in_bytes("")
    for configured, limit in (("", min(4e9, default)), ("1.5GB", 1.5e9), ("900000GB", default)):
        settings = Settings.from_environment({"FILMOTECA_BUILD_MEMORY": configured})
        environment = dbt_environment(settings, tmp_path)
        assert environment["FILMOTECA_BUILD_THREADS"] == "4"
        assert in_bytes(environment["FILMOTECA_BUILD_MEMORY"]) == pytest.approx(limit, rel=0.1)
    with pytest.raises(FilmotecaError, match=r"FILMOTECA_BUILD_MEMORY must be a number of MB or GB"):
        Settings.from_environment({"FILMOTECA_BUILD_MEMORY": "much"})


def test_raw_files_larger_than_memory_build_one_model_at_a_time(tmp_path: Path) -> None:
    settings = Settings.from_environment({"FILMOTECA_BUILD_MEMORY": "300MB"})
    for size, threads in ((300_000_000, "4"), (300_000_001, "1")):
        with (tmp_path / "credits.csv").open("wb") as file:
            file.truncate(size)
        assert dbt_environment(settings, tmp_path)["FILMOTECA_BUILD_THREADS"] == threads


def in_bytes(limit: str) -> float:
    """Return DuckDB's memory limit in bytes for a setting, or its default."""
    with duckdb.connect(config={"memory_limit": limit} if limit else {}) as connection:
        setting = "parse_formatted_bytes(current_setting('memory_limit'))"
        return float(connection.execute(f"select {setting}").fetchall()[0][0])
