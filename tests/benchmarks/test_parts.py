"""The parts measure what they say they measure."""

import importlib
import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import duckdb
import numpy as np
import pytest
from litestar.testing import TestClient

from api.app import create_app
from api.http.response_cache import KeptAnswer, KeptAnswers
from benchmarks import original
from benchmarks.growth import exponent
from benchmarks.load import Request, asked_anew
from benchmarks.part import Plan
from benchmarks.parts import PARTS
from benchmarks.peer_data import write_frames
from benchmarks.synthetic_corpus import COMMON, synthetic_corpus
from benchmarks.transform import check_same_files
from recommender.config import CONTENT
from recommender.corpus import read_corpus
from recommender.structures import Corpus
from warehouse.errors import FilmotecaError
from warehouse.screen import Screen
from warehouse.settings import Settings

MEASURED_HERE = ("floor", "api", "search", "recommendations")
"""The others take longer, or packages of their own."""


@pytest.fixture(scope="module")
def settings(sample_warehouse: Path) -> Settings:
    return Settings.from_environment({"FILMOTECA_WAREHOUSE": str(sample_warehouse)})


@pytest.fixture(scope="module")
def warehouse(sample_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample_warehouse), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def corpus(warehouse: duckdb.DuckDBPyConnection) -> Corpus:
    return read_corpus(warehouse, CONTENT)


@pytest.mark.parametrize("name", MEASURED_HERE)
def test_a_part_measures(name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILMOTECA_WAREHOUSE", str(settings.published_file))
    tables = PARTS[name].measure(Plan(settings, None, seconds=0.02, rounds=1, films=(), screen=Screen()))
    for table in tables:
        assert table.rows
        assert {len(row) for row in table.rows} == {len(table.columns)}, table.title
        figures = [cell for row in table.rows for cell in row if isinstance(cell, int | float)]
        assert min(figures) >= 0
    names = [ratio.name for table in tables for ratio in table.ratios]
    assert len(names) == len(set(names)) > 0


def test_what_is_asked_anew_is_never_kept(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[KeptAnswer | None] = []
    get = KeptAnswers.get

    def watched(self: KeptAnswers, question: Any) -> KeptAnswer | None:
        found.append(get(self, question))
        return found[-1]

    monkeypatch.setattr(KeptAnswers, "get", watched)
    with TestClient(create_app(settings)) as client:
        for request in islice(asked_anew([Request("/v1/movies/862")]), 3):
            assert client.get(request.path, headers=dict(request.headers)).json()["movie_id"] == 862
        assert found == [None] * 3
        client.get("/v1/movies/862", headers=dict(request.headers))
        assert found[-1]


def test_the_original_way_answers_the_same(
    settings: Settings, warehouse: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its own packages are elsewhere; what it computes needs pandas and scikit-learn only.
    monkeypatch.setitem(sys.modules, "fastapi", SimpleNamespace(FastAPI=object, HTTPException=LookupError))
    monkeypatch.setitem(sys.modules, "uvicorn", SimpleNamespace())
    service = importlib.import_module("benchmarks.original_service")
    write_frames(warehouse, tmp_path)
    films = service.Films(tmp_path)
    with TestClient(create_app(settings)) as client:
        for question in original.QUESTIONS:
            for request in question.requests(warehouse)[: original.NAMES_CHECKED]:
                answered = getattr(films, question.name)(unquote(request.path.split("/")[2]))
                if question.has_same_rules:
                    ours = client.get(request.path).json()
                    assert original.holds_all(ours, answered), (request.path, ours, answered)
                else:
                    assert len(answered) == 5
    with pytest.raises(LookupError):
        films.score_titulo("no such film")


@pytest.mark.parametrize(
    ("ours", "theirs", "holds"),
    [
        ({"a": 1, "b": 2}, {"a": 1}, True),
        ({"a": 1}, {"a": 2}, False),
        ({"a": 1}, {"b": 1}, False),
        ([1.0000000001], [1.0], True),
        ([1.001], [1.0], False),
        ([1], [1, 2], False),
        ({"a": None}, {"a": 0.0}, False),
    ],
)
def test_answers_are_compared(ours: object, theirs: object, holds: bool) -> None:
    assert original.holds_all(json.loads(json.dumps(ours)), theirs) is holds


def test_made_up_films_are_like_the_real_ones(corpus: Corpus) -> None:
    real = corpus.movie_ids.size
    made = synthetic_corpus(corpus, 3 * real)
    assert made.movie_ids.size == made.texts.size == made.years.size == 3 * real
    assert set(" ".join(made.texts).split()) <= set(" ".join(corpus.texts).split())
    for field, entries in made.entries.items():
        of_real = corpus.entries[field]
        assert np.all(np.diff(entries.row) >= 0)
        assert entries.row.size == pytest.approx(3 * of_real.row.size, rel=0.3)
        assert set(entries.name) <= set(of_real.name)
        more = np.unique(entries.key).size / np.unique(of_real.key).size
        assert more <= 1 if field in COMMON else more > 1.2
    again = synthetic_corpus(corpus, 3 * real)
    assert list(made.texts) == list(again.texts)


def test_the_exponent_is_that_of_a_power() -> None:
    assert exponent([10, 20, 50], [3 * 10**1.5, 3 * 20**1.5, 3 * 50**1.5]) == pytest.approx(1.5)


def test_the_transform_is_of_the_warehouse_that_is_named(settings: Settings, tmp_path: Path) -> None:
    check_same_files(settings.published_file, settings.sample_folder)
    for path in settings.sample_folder.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes() + b"x")
    with pytest.raises(FilmotecaError, match=r"does not hold the raw files that .* was built of"):
        check_same_files(settings.published_file, tmp_path)
