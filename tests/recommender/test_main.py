"""The commands of `python -m recommender`."""

import subprocess
import sys
from pathlib import Path

import pytest

from recommender.__main__ import main
from warehouse.errors import FilmotecaError
from warehouse.settings import REPOSITORY_ROOT


def test_evaluate_without_warehouse_raises(tmp_path: Path) -> None:
    with pytest.raises(FilmotecaError, match=r"none\.duckdb.*`make build`"):
        main(["evaluate", "--database", str(tmp_path / "none.duckdb")])


@pytest.mark.parametrize("value", ["0", "-1", "1001", "many", "½", ""])
def test_invalid_count_is_rejected(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["train", "--database", "any", f"--neighbors={value}"])
    assert "must be a whole number from 1 to 1,000; got" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_command_prints_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([command, "--help"])
    assert "--database FILE" in capsys.readouterr().out


def test_error_is_one_line() -> None:
    command = [sys.executable, "-m", "recommender", "train", "--database", "/nowhere.duckdb"]
    failed = subprocess.run(command, cwd=REPOSITORY_ROOT, capture_output=True, text=True, check=False)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr == "error: /nowhere.duckdb does not exist; `train` needs a DuckDB file with the marts.\n"
