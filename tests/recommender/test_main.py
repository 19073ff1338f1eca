"""The commands, as a person types them."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from recommender.__main__ import EXAMPLES, main
from recommender.examples import OTHER_LANGUAGES, RANKS, introduction, reasons
from warehouse.errors import FilmotecaError
from warehouse.settings import REPOSITORY_ROOT


def output(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def test_similar_shows_what_is_stored(sample_warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, "similar", "TOY  story", "--count", "3", "--database", sample_warehouse)
    heading, _, *rows = text.splitlines()
    assert heading == "Toy Story (1995), id 862"
    with duckdb.connect(sample_warehouse, read_only=True) as connection:
        stored = connection.execute(
            "select neighbor_rank, neighbor_movie_id, score from recommender.neighbors where movie_id = 862 limit 3"
        ).fetchall()
    shown = [re.match(r" *(\d+) +(\d+) .* (\S+) = +(\S+) \+ +(\S+) \+ +(\S+)$", row) for row in rows]
    assert all(shown)
    numbers = [tuple(map(float, row.groups())) for row in shown if row]
    assert [(rank, film) for rank, film, *_ in numbers] == [(rank, film) for rank, film, _ in stored]
    for _, _, score, *parts in numbers:
        assert score == pytest.approx(sum(parts), abs=0.002)


@pytest.mark.parametrize(
    ("film", "other", "place"), [("862", "Toy Story 2", "number 1 of"), ("862", "550", "not among")]
)
def test_an_explanation_adds_up(
    sample_warehouse: Path, capsys: pytest.CaptureFixture[str], film: str, other: str, place: str
) -> None:
    heading, *rows = output(capsys, "explain", film, other, "--database", sample_warehouse).splitlines()
    assert place in heading
    assert float(heading.split()[-1]) == pytest.approx(sum(float(row.split()[-1]) for row in rows), abs=0.002)


def test_users_who_like_both_are_one_line(
    sample_warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Path(shutil.copy(sample_warehouse, tmp_path / "movies.duckdb"))
    trained = output(capsys, "train", "--with-ratings", "--database", copy)
    assert "wrote schema recommender" in trained
    rows = output(capsys, "explain", "The Godfather", "Grand Illusion", "--database", copy)
    assert len(re.findall(r"likes +\d+ users like both", rows)) == 1
    with duckdb.connect(copy, read_only=True) as connection:
        assert connection.execute("select uses_ratings from recommender.model").fetchall() == [(True,)]


def test_digits_that_are_a_title_are_no_id(sample_warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert output(capsys, "similar", "300", "--database", sample_warehouse).startswith("300 (")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["similar", "amelei"], "no film has the title or id 'amelei'; did you mean 'Amélie'"),
        (["similar", "99999999999999999999"], "no film has the title or id"),
        (["similar", ""], "no film has the title or id ''"),
        (["explain", "862", "Toy Story"], r"are one film, Toy Story \(1995\); expected: two"),
    ],
)
def test_what_is_no_film_is_said(sample_warehouse: Path, arguments: list[str], sentence: str) -> None:
    with pytest.raises(FilmotecaError, match=sentence):
        main([*arguments, "--database", str(sample_warehouse)])


@pytest.mark.parametrize("command", ["evaluate", "tune", "similar", "explain", "examples"])
def test_a_missing_warehouse_says_what_to_run(tmp_path: Path, command: str) -> None:
    films = {"similar": ["1"], "explain": ["1", "2"]}.get(command, [])
    with pytest.raises(FilmotecaError, match=r"there is no warehouse at .*: run `make build` first"):
        main([command, *films, "--database", str(tmp_path / "none.duckdb")])


@pytest.mark.parametrize("value", ["0", "-1", "1001", "many", "½", ""])
def test_a_count_that_is_none_is_refused(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["train", "--database", "any", f"--neighbors={value}"])
    assert "is not a whole number from 1 to 1,000" in capsys.readouterr().err


def test_evaluation_is_written_beside_the_warehouse(
    sample_warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Path(shutil.copy(sample_warehouse, tmp_path / "films.duckdb"))
    text = output(capsys, "evaluate", "--database", copy)
    assert str(tmp_path / "films.evaluation.json") in text
    for line in json.loads((tmp_path / "films.evaluation.json").read_text("utf-8"))["results"]:
        assert line["name"] in text


def test_every_command_helps_and_errors_are_one_line() -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "recommender", *arguments]
        return subprocess.run(command, cwd=REPOSITORY_ROOT, capture_output=True, text=True, check=False)

    for command in ("train", "evaluate", "tune", "similar", "explain"):
        helped = run(command, "--help")
        assert (helped.returncode, helped.stderr) == (0, "")
        assert "--database FILE" in helped.stdout
    failed = run("train", "--database", "/nowhere.duckdb")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr == "error: there is no file /nowhere.duckdb; expected: a DuckDB file with the marts\n"


def test_examples_are_of_films_that_a_rule_chooses(
    sample_warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "examples.md"
    assert f"wrote {page}" in output(capsys, "examples", "--database", sample_warehouse, "--output", page)
    text = page.read_text("utf-8")
    lists = re.findall(r"^## (.+)\n\n(.+)\n\n((?:\|.*\n)+)", text, re.M)
    assert len(lists) == text.count("\n## ") > len(RANKS) / 2
    chosen = [re.findall(r"number ([\d,]+) by votes of the films in (\w+)$", about)[0] for _, about, _ in lists]
    ranks = [int(rank) for rank, language in chosen if language == "en"]
    assert ranks == [rank for rank in RANKS if rank <= ranks[-1]]
    assert {rank for rank, language in chosen if language != "en"} == {"1"}, "the sample has no hundred in another one"
    for _, _, table in lists:
        rows = [row.strip("| \n").split(" | ") for row in table.splitlines()[2:]]
        assert [int(row[0]) for row in rows] == [*range(1, len(rows) + 1)]
        for _, _, score, shared, years, votes, *_ in rows:
            assert float(score) == pytest.approx(float(shared) + float(years) + float(votes), abs=0.002)


def test_the_guide_has_such_a_page() -> None:
    """`python -m recommender examples` writes it, from a warehouse of the full data set."""
    text = EXAMPLES.read_text("utf-8")
    assert text.startswith(introduction())
    assert text.count("\n## ") == len(RANKS) + OTHER_LANGUAGES


def test_reasons_are_the_greatest_parts_and_words_are_one_of_them() -> None:
    shared = [("keyword", "toy", 0.03), ("text", "buzz", 0.02), ("text", "woody", 0.02), ("language", "fr", 0.01)]
    assert reasons(shared) == "words, toy, in fr"
    assert reasons([("genre", str(number), 1 - number / 10) for number in range(9)]) == "0, 1, 2, 3"
