"""The index returns the stored neighbors and explains every score; tests/api/v1 compares all options with an oracle."""

from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.description import Concept, Description, Meaning
from recommender.index import RecommenderIndex
from recommender.taste import RankingOptions, Seed, Taste
from tests.recommender.conftest import TOY_FILMS, query

TOY_STORY, TOY_STORY_2, TITANIC, A_NIGHT, SOLITAIRE, ONLY_A_TITLE = 862, 863, 597, 11071, 5000, 6000
ANY = RankingOptions(limit=100)
ROWS = {movie_id: row for row, movie_id in enumerate(sorted(film.movie_id for film in TOY_FILMS))}
SHIP = Meaning("keyword", "ship", "ship", np.array([ROWS[TITANIC], ROWS[A_NIGHT]]), np.array([1, 0.7], np.float32))
LOVERS = Meaning("text", "lovers", "lovers", np.array([ROWS[TITANIC]]), 0.8)
DESCRIPTION = Description([Concept("ship", [SHIP], len(ROWS)), Concept("lovers", [LOVERS], len(ROWS))])


@pytest.fixture(scope="module")
def index(trained_once: Path) -> RecommenderIndex:
    with duckdb.connect(trained_once, read_only=True) as connection:
        return RecommenderIndex(connection)


def film(index: RecommenderIndex, movie_id: int) -> Seed:
    seed = index.seed_from_film(movie_id)
    assert seed is not None
    return seed


def ids(index: RecommenderIndex, seed: Seed) -> list[int]:
    return [found.movie_id for found in index.recommend(Taste((seed,)), ANY)]


def test_recommend_for_one_film_returns_stored_neighbors(index: RecommenderIndex, trained_once: Path) -> None:
    columns = "movie_id, neighbor_movie_id, score, content_score, year_score, prior_score"
    stored = query(trained_once, f"select {columns} from recommender.neighbors order by movie_id, neighbor_rank")
    assert stored
    for movie_id in {row[0] for row in stored}:
        found = index.recommend(Taste((film(index, movie_id),)), ANY, exclude=[movie_id])
        rows = [row[1:] for row in stored if row[0] == movie_id]
        assert [one.movie_id for one in found] == [row[0] for row in rows]
        parts = [(one.score, one.content_score, one.year_score, one.prior_score) for one in found]
        np.testing.assert_allclose(parts, [row[1:] for row in rows], atol=1e-6)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_score_is_sum_of_parts_and_contributions(data: st.DataObject, index: RecommenderIndex) -> None:
    films = [film(index, movie_id) for movie_id in (TOY_STORY, TITANIC, A_NIGHT, SOLITAIRE)]
    seeds = [*films, index.seed_from_genre("Drama")]
    liked = tuple(data.draw(st.lists(st.sampled_from(seeds), max_size=4)))
    disliked = tuple(data.draw(st.lists(st.sampled_from(seeds), max_size=3)))
    description = data.draw(st.sampled_from([DESCRIPTION, None] if liked else [DESCRIPTION]))
    taste = Taste(liked, disliked, description)
    for found in index.score(taste, [TOY_STORY, TOY_STORY_2, TITANIC, A_NIGHT, SOLITAIRE]):
        assert found.score == pytest.approx(found.content_score + found.year_score + found.prior_score, abs=1e-6)
        added = [one.contribution for one in index.explain(taste, found)]
        assert sum(added) == pytest.approx(found.content_score, abs=1e-6)
        assert added == sorted(added, reverse=True)


def test_films_that_match_the_whole_description_come_first(index: RecommenderIndex) -> None:
    found = index.recommend(Taste(description=DESCRIPTION), ANY)
    assert [one.movie_id for one in found] == [TITANIC, A_NIGHT]
    assert found[0].score > 2 * found[1].score
    without_ships = Description([Concept("ship", [SHIP], len(ROWS), is_excluded=True)])
    assert not {TITANIC, A_NIGHT} & {one.movie_id for one in index.recommend(Taste(description=without_ships), ANY)}


def test_seed_of_unknown_entity_is_empty(index: RecommenderIndex) -> None:
    assert index.seed_from_film(1) is None
    assert index.seed_from_person(1).term_ids.size == index.seed_from_genre("drama").term_ids.size == 0
    assert film(index, ONLY_A_TITLE).term_ids.size == 0
    assert ids(index, film(index, ONLY_A_TITLE)) == []
