"""Metrics of lists that are small enough to check by hand."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from recommender.protocol import LIST_LENGTH, SEEDS_PER_USER, EvaluationSet, Metrics, measure, sample_seeds

FILMS = 30
# Films 0 to 2 and films 3 and 4 are collections; film 0 has the most votes.
COLLECTION = np.array([7, 7, 7, 8, 8, *[-1] * 25])


# Films 0 to 2 are famous, and films 3 and 4 known; films 0, 1, 3, 4 and 5 have one director, film 2 and 6 another.
VOTES = np.array([3_000, 2_000, 1_000, 200, 200, *[199] * 25])
DIRECTORS = {0: [0, 1, 3, 4, 5], 1: [2, 6]}


def create_set(*likes: list[int], seeds: list[list[int]] | None = None) -> EvaluationSet:
    liked = [np.array(films) for films in likes]
    keywords = np.zeros((FILMS, 2), dtype=int)
    keywords[[0, 9], 0] = 1
    directors = np.zeros((FILMS, 2), dtype=int)
    for director, films in DIRECTORS.items():
        directors[films, director] = 1
    genres = np.zeros((FILMS, 3), dtype=int)
    genres[:10, 0] = genres[5:15, 1] = genres[10:, 2] = 1
    return EvaluationSet(
        movie_ids=np.arange(FILMS) * 10,
        popularity_rank=np.arange(FILMS) + 1,
        collection=COLLECTION,
        entities=csr_matrix(keywords),
        genres=csr_matrix(genres),
        directors=csr_matrix(directors),
        vote_counts=VOTES,
        user_ids=np.arange(len(likes)),
        likes=liked,
        seeds=sample_seeds(liked) if seeds is None else np.array(seeds),
    )


def measure_lists(data: EvaluationSet, **films: list[int]) -> Metrics:
    """Measure the given lists, by query as `f0`; the other lists are empty."""
    lists = np.full((data.queries.size, LIST_LENGTH), -1)
    for query, recommended in films.items():
        lists[np.searchsorted(data.queries, int(query[1:])), : len(recommended)] = recommended
    return measure(data, data.lists_of(data.seeds, lists), data.lists_of(data.famous, lists))


def test_ndcg_discounts_by_rank_and_averages_over_seeds() -> None:
    # One user with three likes; films 0 and 5 are five seeds each.
    data = create_set([0, 5, 9], seeds=[[0] * 5 + [5] * 5])
    metrics = measure_lists(data, f0=[12, 9, 13])
    # For film 0 only rank 2 is relevant: 1 / log2(3). Ideal are both others: 1 + 1 / log2(3).
    second = 1 / np.log2(3)
    assert metrics.ndcg == pytest.approx((second / (1 + second)) / 2)
    assert metrics.hit_rate == 0.5
    assert metrics.catalog_coverage == 3
    assert metrics.median_popularity_rank == 13  # of ranks 13, 10 and 14


def test_ndcg_weighs_users_equally() -> None:
    data = create_set([0, 5], list(range(20)), seeds=[[0] * 10, [0] * 10])
    metrics = measure_lists(data, f0=[5])
    # The first user has only one other like; the ideal list of the second has ten of nineteen.
    ideal = (1 / np.log2(np.arange(2, 12))).sum()
    assert metrics.ndcg == pytest.approx((1 + 1 / ideal) / 2)
    assert metrics.ndcg_low <= metrics.ndcg <= metrics.ndcg_high
    alone = measure_lists(create_set([0, 5], seeds=[[0] * 10]), f0=[5])
    assert (alone.ndcg, alone.ndcg_low, alone.ndcg_high) == (1, 1, 1)


def test_collection_recall_counts_other_films_of_collection() -> None:
    data = create_set([0, 1, 3], seeds=[[0] * 6 + [1] * 2 + [3] * 2])
    # Film 0 recalls one of two others, film 1 both; the collection of film 3 is too small.
    metrics = measure_lists(data, f0=[1, 20], f1=[2, 0], f3=[4])
    assert metrics.collection_recall == pytest.approx((6 * 0.5 + 2 * 1) / 8)


def test_director_share_counts_famous_films_with_two_known_others() -> None:
    data = create_set([0, 9], seeds=[[0] * 10])
    # Film 5 has too few votes, and the director of film 2 has no other known film.
    assert measure_lists(data, f0=[20, 4], f1=[5, 0], f2=[6]).director_share == 1
    assert measure_lists(data, f0=[20, 5], f1=[3], f2=[6]).director_share == 0.5


def test_shares_of_most_recommended_films_are_of_famous_films() -> None:
    data = create_set([0, 9], seeds=[[0] * 5 + [9] * 5])
    metrics = measure_lists(data, f0=[*range(10, 20)], f1=[10, 20], f9=[10, 20])
    assert metrics.top_film_share == pytest.approx(2 / 3)  # film 10; the list of film 2 is empty
    assert metrics.top_ten_share == pytest.approx(11 / 12)


def test_unrelated_share_counts_films_without_shared_entity_or_half_of_genres() -> None:
    data = create_set([0, 1], seeds=[[0] * 10])
    # Film 9 shares a keyword, 1 the only genre, 6 has one more genre, 20 only a different one.
    assert measure_lists(data, f0=[9, 1, 6, 20]).unrelated_share == 0.25
    assert np.isnan(measure_lists(data).unrelated_share)


def test_sample_seeds_is_deterministic_without_replacement() -> None:
    likes = [np.arange(5, 25), np.arange(10)]
    seeds = sample_seeds(likes)
    for own, liked in zip(seeds, likes, strict=True):
        assert len(set(own) & set(liked)) == own.size == SEEDS_PER_USER
    assert (sample_seeds(likes) == seeds).all()
