"""The whole evaluation, on the sample: its ratings are invented, but made of genres and sagas."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from recommender.config import CONTENT
from recommender.evaluate import evaluate
from recommender.protocol import LEAST_LIKES
from warehouse.errors import FilmotecaError

Changed = Callable[[str], Path]


@pytest.fixture(scope="module")
def results(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    written = tmp_path_factory.mktemp("evaluation") / "evaluation.json"
    evaluate(sample_warehouse, written, threads=1)
    content: dict[str, Any] = json.loads(written.read_text("utf-8"))
    return content


@pytest.fixture
def changed(sample_warehouse: Path, tmp_path: Path) -> Changed:
    """Returns a function that copies the sample's warehouse and runs SQL on the copy."""

    def change(sql: str) -> Path:
        copy = Path(shutil.copy(sample_warehouse, tmp_path / "movies.duckdb"))
        with duckdb.connect(copy) as connection:
            connection.execute(sql)
        return copy

    return change


def test_the_model_beats_what_knows_less_and_keeps_sagas_together(results: dict[str, Any]) -> None:
    by_name = {line["name"]: line for line in results["results"]}
    model = by_name["the model in the file"]
    for worse in ("random films", "the most popular films", "overviews alone (TF-IDF)"):
        assert model["ndcg_low"] > by_name[worse]["ndcg_high"], worse
    assert model["saga_recall"] >= 0.95
    assert model["shown"] > 20 * by_name["the most popular films"]["shown"]
    assert by_name["the blend with others' likes (two-fold)"]["saga_recall"] >= 0.95


def test_the_numbers_say_by_whom_and_with_what(results: dict[str, Any]) -> None:
    assert results["users"] > 50
    assert results["protocol"]["least_likes"] == LEAST_LIKES
    assert results["model"]["config"]["neighbor_count"] == CONTENT.neighbor_count
    assert results["model"]["uses_ratings"] is False
    for line in results["results"]:
        assert line["ndcg_low"] <= line["ndcg"] <= line["ndcg_high"]


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        (
            "delete from marts.fct_ratings; update quality.row_accounting set rows_read = 0"
            " where source_name in ('ratings', 'links')",
            r"built without links and ratings; expected: .*links\.csv and ratings\.csv",
        ),
        ("delete from marts.fct_ratings where user_id > 1", "its users like too little"),
    ],
)
def test_who_cannot_judge_says_why(changed: Changed, tmp_path: Path, sql: str, why: str) -> None:
    with pytest.raises(FilmotecaError, match=why):
        evaluate(changed(sql), tmp_path / "evaluation.json", threads=1)
    assert not (tmp_path / "evaluation.json").exists()


def test_a_model_that_knows_its_judges_is_told_of(
    changed: Changed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluate(changed("update recommender.model set uses_ratings = true"), tmp_path / "evaluation.json", threads=1)
    assert "has learned from these users' likes" in capsys.readouterr().out
