"""The commands of `python -m recommender`."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from recommender.__main__ import main
from tests.recommender.conftest import query
from warehouse.errors import FilmotecaError
from warehouse.settings import REPOSITORY_ROOT


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def test_similar_prints_stored_neighbors(sample_warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "similar", "TOY  story", "--count", "3", "--database", sample_warehouse)
    heading, _, *rows = text.splitlines()
    assert heading == "Toy Story (1995), id 862"
    stored = query(
        sample_warehouse,
        "select neighbor_rank, neighbor_movie_id from recommender.neighbors where movie_id = 862 limit 3",
    )
    printed = [re.findall(r" *(\d+) +(\d+) .* (\S+) = +(\S+) \+ +(\S+) \+ +(\S+)$", row)[0] for row in rows]
    assert [(int(rank), int(film)) for rank, film, *_ in printed] == stored
    for _, _, score, *parts in printed:
        assert float(score) == pytest.approx(sum(map(float, parts)), abs=0.002)
    assert run(capsys, "similar", "300", "--database", sample_warehouse).startswith("300 ("), "a title, not an id"


@pytest.mark.parametrize(
    ("film", "other", "rank"), [("862", "Toy Story 2", "number 1,"), ("862", "550", "not among the first")]
)
def test_explain_prints_contributions_that_add_up(
    sample_warehouse: Path, capsys: pytest.CaptureFixture[str], film: str, other: str, rank: str
) -> None:
    heading, *rows = run(capsys, "explain", film, other, "--database", sample_warehouse).splitlines()
    assert rank in heading
    contributions = [float(row.split()[-1]) for row in rows]
    assert float(heading.split()[-1]) == pytest.approx(sum(contributions), abs=0.002)
    *content, _year, _prior = contributions
    assert content == sorted(content, reverse=True)


def test_explain_merges_users_who_like_both(
    sample_warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Path(shutil.copy(sample_warehouse, tmp_path / "movies.duckdb"))
    assert "wrote schema recommender" in run(capsys, "train", "--with-ratings", "--database", copy)
    rows = run(capsys, "explain", "The Godfather", "Grand Illusion", "--database", copy)
    assert len(re.findall(r"likes +\d+ users like both", rows)) == 1
    assert query(copy, "select uses_ratings from recommender.model") == [(True,)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["similar", "amelei"], r"No film has the title or id 'amelei'\. Did you mean 'Amélie'"),
        (["similar", "99999999999999999999"], "No film has the title or id"),
        (["similar", ""], "No film has the title or id ''"),
        (["explain", "862", "Toy Story"], r"are the same film, Toy Story \(1995\)"),
        *(
            (command, r"none\.duckdb.*`make build`")
            for command in (["evaluate"], ["similar", "1"], ["explain", "1", "2"])
        ),
    ],
)
def test_unknown_films_or_missing_warehouse_raise(sample_warehouse: Path, arguments: list[str], message: str) -> None:
    database = sample_warehouse.with_name("none.duckdb") if "none" in message else sample_warehouse
    with pytest.raises(FilmotecaError, match=message):
        main([*arguments, "--database", str(database)])


@pytest.mark.parametrize("value", ["0", "-1", "1001", "many", "½", ""])
def test_invalid_count_is_rejected(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["train", "--database", "any", f"--neighbors={value}"])
    assert "must be a whole number from 1 to 1,000; got" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["train", "evaluate", "similar", "explain"])
def test_command_prints_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([command, "--help"])
    assert "--database FILE" in capsys.readouterr().out


def test_error_is_one_line() -> None:
    command = [sys.executable, "-m", "recommender", "train", "--database", "/nowhere.duckdb"]
    failed = subprocess.run(command, cwd=REPOSITORY_ROOT, capture_output=True, text=True, check=False)
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr == "error: /nowhere.duckdb does not exist; `train` needs a DuckDB file with the marts.\n"
