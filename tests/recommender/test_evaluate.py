"""The evaluation on the sample, whose synthetic ratings follow genres and collections."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from recommender.__main__ import main
from recommender.config import CONTENT
from recommender.evaluate import evaluate
from recommender.protocol import LIMITS
from warehouse.errors import FilmotecaError


@pytest.fixture
def database(sample_warehouse: Path, tmp_path: Path) -> Path:
    """A copy of the sample warehouse."""
    return Path(shutil.copy(sample_warehouse, tmp_path / "films.duckdb"))


def test_stored_model_beats_baselines_and_keeps_collections_together(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--database", str(database)]) == 0
    text, written = capsys.readouterr().out, database.with_name("films.evaluation.json")
    results = json.loads(written.read_text("utf-8"))
    assert str(written) in text
    assert results["users"] > 50
    assert results["protocol"]["least_likes"] == LIMITS["least_likes"]
    assert results["model"]["config"]["neighbor_count"] == CONTENT.neighbor_count
    assert results["model"]["uses_ratings"] is False
    for line in results["results"]:
        assert line["name"] in text
        assert line["ndcg_low"] <= line["ndcg"] <= line["ndcg_high"]
    by_name = {line["name"]: line for line in results["results"]}
    model = by_name["stored model"]
    for worse in ("random films", "most popular films", "overviews only (TF-IDF)"):
        assert model["ndcg_low"] > by_name[worse]["ndcg_high"], worse
    assert model["collection_recall"] >= 0.95
    assert model["catalog_coverage"] > 20 * by_name["most popular films"]["catalog_coverage"]
    assert by_name["blend (two-fold)"]["collection_recall"] >= 0.95


def test_model_trained_on_ratings_prints_warning(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with duckdb.connect(database) as connection:
        connection.execute("update recommender.model set uses_ratings = true")
    evaluate(database, database.with_name("evaluation.json"), threads=1)
    assert "was trained on the likes of these users" in capsys.readouterr().out


NO_FILES = "update quality.row_accounting set rows_read = 0 where source_name in ('ratings', 'links')"


def test_evaluation_without_likes_raises(database: Path, tmp_path: Path) -> None:
    for sql, message in {
        "delete from marts.fct_ratings where user_id > 1": "too few ratings",
        NO_FILES: r"built without links and ratings\. Build it with links\.csv and ratings\.csv",
    }.items():
        with duckdb.connect(database) as connection:
            connection.execute(sql)
        with pytest.raises(FilmotecaError, match=message):
            evaluate(database, tmp_path / "evaluation.json", threads=1)
    assert not (tmp_path / "evaluation.json").exists()


def test_evaluate_without_warehouse_raises(tmp_path: Path) -> None:
    with pytest.raises(FilmotecaError, match=r"none\.duckdb.*`make build`"):
        main(["evaluate", "--database", str(tmp_path / "none.duckdb")])
