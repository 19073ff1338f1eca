"""The evaluation on the sample, whose synthetic ratings follow genres and collections."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from recommender.config import CONTENT
from recommender.evaluate import evaluate
from recommender.protocol import LIMITS
from warehouse.errors import FilmotecaError

ModifyWarehouse = Callable[[str], Path]


@pytest.fixture(scope="module")
def results(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    written = tmp_path_factory.mktemp("evaluation") / "evaluation.json"
    evaluate(sample_warehouse, written, threads=1)
    content: dict[str, Any] = json.loads(written.read_text("utf-8"))
    return content


@pytest.fixture
def modify_warehouse(sample_warehouse: Path, tmp_path: Path) -> ModifyWarehouse:
    """Return a function that runs SQL on a copy of the sample warehouse."""

    def modify(sql: str) -> Path:
        copy = Path(shutil.copy(sample_warehouse, tmp_path / "movies.duckdb"))
        with duckdb.connect(copy) as connection:
            connection.execute(sql)
        return copy

    return modify


def test_stored_model_beats_baselines_and_keeps_collections_together(results: dict[str, Any]) -> None:
    by_name = {line["name"]: line for line in results["results"]}
    model = by_name["stored model"]
    for worse in ("random films", "most popular films", "overviews only (TF-IDF)"):
        assert model["ndcg_low"] > by_name[worse]["ndcg_high"], worse
    assert model["collection_recall"] >= 0.95
    assert model["catalogue_coverage"] > 20 * by_name["most popular films"]["catalogue_coverage"]
    assert by_name["blend (two-fold)"]["collection_recall"] >= 0.95


def test_json_contains_protocol_and_configuration(results: dict[str, Any]) -> None:
    assert results["users"] > 50
    assert results["protocol"]["least_likes"] == LIMITS["least_likes"]
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
            r"built without links and ratings\. Build it with links\.csv and ratings\.csv",
        ),
        ("delete from marts.fct_ratings where user_id > 1", "too few ratings"),
    ],
)
def test_evaluation_without_likes_raises(modify_warehouse: ModifyWarehouse, tmp_path: Path, sql: str, why: str) -> None:
    with pytest.raises(FilmotecaError, match=why):
        evaluate(modify_warehouse(sql), tmp_path / "evaluation.json", threads=1)
    assert not (tmp_path / "evaluation.json").exists()


def test_model_trained_on_ratings_prints_warning(
    modify_warehouse: ModifyWarehouse, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluate(
        modify_warehouse("update recommender.model set uses_ratings = true"), tmp_path / "evaluation.json", threads=1
    )
    assert "was trained on the likes of these users" in capsys.readouterr().out
