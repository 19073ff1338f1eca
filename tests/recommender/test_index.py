"""The index returns the stored neighbors, follows the ranking options, and explains every score."""

from itertools import combinations
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.index import RecommenderIndex
from recommender.taste import DISLIKE_WEIGHT, RankingOptions, Seed, Taste
from tests.recommender.conftest import query

TOY_STORY, TOY_STORY_2, TITANIC, A_NIGHT, SOLITAIRE, ONLY_A_TITLE = 862, 863, 597, 11071, 5000, 6000
ANY = RankingOptions(limit=100)


@pytest.fixture
def index(trained: Path) -> RecommenderIndex:
    with duckdb.connect(trained, read_only=True) as connection:
        return RecommenderIndex(connection)


def film(index: RecommenderIndex, movie_id: int) -> Seed:
    seed = index.seed_from_film(movie_id)
    assert seed is not None
    return seed


def ids(index: RecommenderIndex, taste: Taste, options: RankingOptions = ANY, **filters: list[int]) -> list[int]:
    return [found.movie_id for found in index.recommend(taste, options, **filters)]


def test_recommend_for_one_film_returns_stored_neighbors(index: RecommenderIndex, trained: Path) -> None:
    columns = "movie_id, neighbor_movie_id, score, content_score, year_score, prior_score"
    stored = query(trained, f"select {columns} from recommender.neighbors order by movie_id, neighbor_rank")
    assert stored
    for movie_id in {row[0] for row in stored}:
        found = index.recommend(Taste((film(index, movie_id),)), ANY, exclude=[movie_id])
        rows = [row[1:] for row in stored if row[0] == movie_id]
        assert [one.movie_id for one in found] == [row[0] for row in rows]
        parts = [(one.score, one.content_score, one.year_score, one.prior_score) for one in found]
        np.testing.assert_allclose(parts, [row[1:] for row in rows], atol=1e-6)


# The index is read only.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_score_is_sum_of_parts_and_contributions(data: st.DataObject, index: RecommenderIndex) -> None:
    films = [film(index, movie_id) for movie_id in (TOY_STORY, TITANIC, A_NIGHT, SOLITAIRE)]
    seeds = [*films, index.seed_from_text("a toy and a ship"), index.seed_from_genre("Drama")]
    liked = tuple(data.draw(st.lists(st.sampled_from(seeds), min_size=1, max_size=4)))
    disliked = tuple(data.draw(st.lists(st.sampled_from(seeds), max_size=3)))
    taste = Taste(liked, disliked)
    for found in index.score(taste, [TOY_STORY, TOY_STORY_2, TITANIC, A_NIGHT, SOLITAIRE]):
        assert found.score == pytest.approx(found.content_score + found.year_score + found.prior_score, abs=1e-6)
        added = [one.contribution for one in index.explain(taste, found.movie_id)]
        assert sum(added) == pytest.approx(found.content_score, abs=1e-6)
        assert added == sorted(added, reverse=True)


def test_content_score_of_several_likes_is_divided_by_square_root(index: RecommenderIndex) -> None:
    # Two times the same film: (c + c) / sqrt(2) = sqrt(2) c; years and priors are means, and stay.
    once, twice = (index.score(Taste((film(index, TOY_STORY),) * times), [TOY_STORY_2])[0] for times in (1, 2))
    expected = [np.sqrt(2) * once.content_score, once.year_score, once.prior_score]
    assert [twice.content_score, twice.year_score, twice.prior_score] == pytest.approx(expected, abs=1e-6)


def test_dislike_subtracts_its_weight(index: RecommenderIndex) -> None:
    liked, disliked = film(index, TOY_STORY), film(index, TOY_STORY_2)
    (alone,) = index.score(Taste((liked,)), [TOY_STORY_2])
    (against,) = index.score(Taste((liked,), (disliked,)), [TOY_STORY_2])
    (itself,) = index.score(Taste((disliked,)), [TOY_STORY_2])
    assert against.content_score == pytest.approx(alone.content_score - DISLIKE_WEIGHT * itself.content_score, abs=1e-6)
    assert any(
        one.contribution < 0 for one in index.explain(Taste((index.seed_from_genre("Drama"),), (liked,)), TOY_STORY_2)
    )


def test_recommend_respects_candidates_exclude_and_limit(index: RecommenderIndex) -> None:
    taste = Taste((index.seed_from_genre("Drama"),))
    everything = index.recommend(taste, ANY)
    assert everything == sorted(everything, key=lambda found: (-found.score, found.movie_id))
    assert index.recommend(taste, RankingOptions(limit=1)) == everything[:1]
    assert set(ids(index, taste)) == {TITANIC, A_NIGHT}
    assert ids(index, taste, candidates=[A_NIGHT, TOY_STORY, 999]) == [A_NIGHT]
    assert ids(index, taste, exclude=[A_NIGHT]) == [TITANIC]
    assert ids(index, taste, candidates=[]) == []


def test_seed_from_text_matches_words_and_names(index: RecommenderIndex) -> None:
    assert ids(index, Taste((index.seed_from_text("An ICEBERG, a ship!"),)))[0] in {TITANIC, A_NIGHT}
    assert set(ids(index, Taste((index.seed_from_text("animation by tom hanks"),)))) >= {TOY_STORY, TOY_STORY_2}
    assert index.seed_from_text("").term_ids.size == index.seed_from_text("the of xyzzyx").term_ids.size == 0
    assert index.recommend(Taste((index.seed_from_text("the of"),)), ANY) == []


def test_seed_of_unknown_entity_is_empty(index: RecommenderIndex) -> None:
    assert index.seed_from_film(1) is None
    assert index.seed_from_person(1).term_ids.size == index.seed_from_genre("drama").term_ids.size == 0
    assert film(index, ONLY_A_TITLE).term_ids.size == 0
    assert ids(index, Taste((film(index, ONLY_A_TITLE),))) == []


def test_one_per_collection_keeps_best_film(index: RecommenderIndex) -> None:
    taste = Taste((index.seed_from_genre("Animation"),))
    assert {TOY_STORY, TOY_STORY_2} <= set(ids(index, taste))
    once = ids(index, taste, RankingOptions(limit=100, one_per_collection=True))
    assert len({TOY_STORY, TOY_STORY_2} & set(once)) == 1
    assert set(once) | {TOY_STORY, TOY_STORY_2} == set(ids(index, taste))


def test_diversity_lowers_similarity_between_recommendations(index: RecommenderIndex) -> None:
    def mean_similarity(movie_ids: list[int]) -> float:
        scores = [index.score(Taste((film(index, one),)), [other])[0] for one, other in combinations(movie_ids, 2)]
        return float(np.mean([score.content_score for score in scores]))

    taste = Taste((film(index, TOY_STORY), film(index, TITANIC)))
    plain = ids(index, taste, RankingOptions(limit=3))
    diverse = ids(index, taste, RankingOptions(limit=3, diversity=0.9))
    assert plain[0] == diverse[0]
    assert mean_similarity(diverse) < mean_similarity(plain)


def test_novelty_reduces_prior(index: RecommenderIndex) -> None:
    taste = Taste((index.seed_from_genre("Drama"),))
    assert {found.prior_score for found in index.recommend(taste, RankingOptions(novelty=1))} == {0.0}
    half, whole = (index.recommend(taste, RankingOptions(novelty=novelty))[0].prior_score for novelty in (0.5, 0))
    assert half == pytest.approx(whole / 2, abs=1e-6)
