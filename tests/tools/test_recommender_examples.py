import re
from pathlib import Path

import pytest

from recommender.taste import Contribution
from tools.recommender_examples import INTRODUCTION, OTHER_LANGUAGES, RANKS, list_reasons, main
from warehouse.settings import REPOSITORY_ROOT


def test_page_contains_lists_of_films_chosen_by_rank(
    sample_warehouse: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--database", str(sample_warehouse)]) == 0
    text = capsys.readouterr().out
    assert text.startswith(INTRODUCTION)
    lists = re.findall(r"^## (.+)\n\n(.+)\n\n((?:\|.*\n)+)", text, re.M)
    assert len(lists) == text.count("\n## ") > len(RANKS) / 2
    ranks = [int(rank) for rank in re.findall(r"number (\d+) by votes of the films in en$", text, re.M)]
    assert ranks == [rank for rank in RANKS if rank <= ranks[-1]]
    for _, _, table in lists:
        rows = [row.strip("| \n").split(" | ") for row in table.splitlines()[2:]]
        assert [int(row[0]) for row in rows] == [*range(1, len(rows) + 1)]
        for _, _, score, shared, years, votes, *_ in rows:
            assert float(score) == pytest.approx(float(shared) + float(years) + float(votes), abs=0.002)


def test_committed_page_is_current() -> None:
    page = (REPOSITORY_ROOT / "docs" / "recommender-examples.md").read_text("utf-8")
    assert page.startswith(INTRODUCTION)
    assert page.count("\n## ") == len(RANKS) + OTHER_LANGUAGES


def test_list_reasons_merges_words_and_limits_number() -> None:
    shared = [
        Contribution(field, name, name, contribution)
        for field, name, contribution in (
            ("keyword", "toy", 0.03), ("text", "buzz", 0.02), ("text", "woody", 0.02), ("language", "fr", 0.01)
        )
    ]  # fmt: skip
    assert list_reasons(shared) == "words, toy, in fr"
    genres = [Contribution("genre", str(number), str(number), 1 - number / 10) for number in range(9)]
    assert list_reasons(genres) == "0, 1, 2, 3"
