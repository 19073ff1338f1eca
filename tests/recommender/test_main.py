"""The commands of `python -m recommender`."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from recommender.__main__ import main
from recommender.lookup import summarize
from recommender.taste import Contribution
from warehouse.errors import FilmotecaError
from warehouse.settings import REPOSITORY_ROOT


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def test_similar_prints_stored_neighbors(sample_warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = run(capsys, "similar", "TOY  story", "--count", "3", "--database", sample_warehouse)
    heading, _, *rows = text.splitlines()
    assert heading == "Toy Story (1995), id 862"
    with duckdb.connect(sample_warehouse, read_only=True) as connection:
        stored = connection.execute(
            "select neighbor_rank, neighbor_movie_id, score from recommender.neighbors where movie_id = 862 limit 3"
        ).fetchall()
    printed = [re.match(r" *(\d+) +(\d+) .* (\S+) = +(\S+) \+ +(\S+) \+ +(\S+)$", row) for row in rows]
    assert all(printed)
    numbers = [tuple(map(float, row.groups())) for row in printed if row]
    assert [(rank, film) for rank, film, *_ in numbers] == [(rank, film) for rank, film, _ in stored]
    for _, _, score, *parts in numbers:
        assert score == pytest.approx(sum(parts), abs=0.002)


@pytest.mark.parametrize(
    ("film", "other", "rank"), [("862", "Toy Story 2", "number 1,"), ("862", "550", "not among the first")]
)
def test_explain_prints_contributions_that_add_up(
    sample_warehouse: Path, capsys: pytest.CaptureFixture[str], film: str, other: str, rank: str
) -> None:
    heading, *rows = run(capsys, "explain", film, other, "--database", sample_warehouse).splitlines()
    assert rank in heading
    assert float(heading.split()[-1]) == pytest.approx(sum(float(row.split()[-1]) for row in rows), abs=0.002)


def test_explain_merges_users_who_like_both(
    sample_warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Path(shutil.copy(sample_warehouse, tmp_path / "movies.duckdb"))
    assert "wrote schema recommender" in run(capsys, "train", "--with-ratings", "--database", copy)
    rows = run(capsys, "explain", "The Godfather", "Grand Illusion", "--database", copy)
    assert len(re.findall(r"likes +\d+ users like both", rows)) == 1
    with duckdb.connect(copy, read_only=True) as connection:
        assert connection.execute("select uses_ratings from recommender.model").fetchall() == [(True,)]


def test_summarize_sorts_by_contribution() -> None:
    contributions = [
        Contribution("genre", "Drama", "Drama", 0.3),
        Contribution("likes", "1", "user 1", 0.25),
        Contribution("likes", "2", "user 2", 0.15),
    ]
    assert summarize(contributions) == [("likes", "2 users like both", 0.4), ("genre", "Drama", 0.3)]


def test_title_of_digits_wins_over_id(sample_warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "similar", "300", "--database", sample_warehouse).startswith("300 (")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["similar", "amelei"], r"No film has the title or id 'amelei'\. Did you mean 'Amélie'"),
        (["similar", "99999999999999999999"], "No film has the title or id"),
        (["similar", ""], "No film has the title or id ''"),
        (["explain", "862", "Toy Story"], r"are the same film, Toy Story \(1995\)"),
    ],
)
def test_unknown_or_equal_films_raise(sample_warehouse: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(FilmotecaError, match=message):
        main([*arguments, "--database", str(sample_warehouse)])


@pytest.mark.parametrize("command", [["evaluate"], ["similar", "1"], ["explain", "1", "2"]], ids=" ".join)
def test_missing_warehouse_raises(tmp_path: Path, command: list[str]) -> None:
    with pytest.raises(FilmotecaError, match=r"none\.duckdb.*`make build`"):
        main([*command, "--database", str(tmp_path / "none.duckdb")])


@pytest.mark.parametrize("value", ["0", "-1", "1001", "many", "½", ""])
def test_invalid_count_is_rejected(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["train", "--database", "any", f"--neighbors={value}"])
    assert "must be a whole number from 1 to 1,000; got" in capsys.readouterr().err


def test_evaluate_writes_json_next_to_warehouse(
    sample_warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Path(shutil.copy(sample_warehouse, tmp_path / "films.duckdb"))
    text = run(capsys, "evaluate", "--database", copy)
    assert str(tmp_path / "films.evaluation.json") in text
    for line in json.loads((tmp_path / "films.evaluation.json").read_text("utf-8"))["results"]:
        assert line["name"] in text


def test_commands_print_help_and_one_line_errors() -> None:
    def run_process(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "recommender", *arguments]
        return subprocess.run(command, cwd=REPOSITORY_ROOT, capture_output=True, text=True, check=False)

    for command in ("train", "evaluate", "similar", "explain"):
        help_text = run_process(command, "--help")
        assert (help_text.returncode, help_text.stderr) == (0, "")
        assert "--database FILE" in help_text.stdout
    failed = run_process("train", "--database", "/nowhere.duckdb")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr == "error: /nowhere.duckdb does not exist; `train` needs a DuckDB file with the marts.\n"
