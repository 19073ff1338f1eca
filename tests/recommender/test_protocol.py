"""The protocol on a case small enough to be judged by hand."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from recommender.protocol import DRAWN, SHOWN, Panel, draw_seeds, judge

FILMS = 30
# Films 0 to 2 are a saga, 3 and 4 one of two; film 0 is of as many votes as no other, film 29 of fewest.
COLLECTION = np.array([7, 7, 7, 8, 8, *[-1] * 25])


def panel(*likes: list[int], seeds: list[list[int]] | None = None) -> Panel:
    liked = [np.array(films) for films in likes]
    keywords = np.zeros((FILMS, 2), dtype=int)
    keywords[[0, 9], 0] = 1
    genres = np.zeros((FILMS, 3), dtype=int)
    genres[:10, 0] = genres[5:15, 1] = genres[10:, 2] = 1
    return Panel(
        movie_ids=np.arange(FILMS) * 10,
        popularity_rank=np.arange(FILMS) + 1,
        collection=COLLECTION,
        entities=csr_matrix(keywords),
        genres=csr_matrix(genres),
        user_ids=np.arange(len(likes)),
        likes=liked,
        seeds=draw_seeds(liked) if seeds is None else np.array(seeds),
    )


def lists(panel: Panel, **shown: list[int]) -> np.ndarray:
    """By film asked for, what is shown; nothing for the others."""
    table = np.full((panel.asked.size, SHOWN), -1)
    for film, films in shown.items():
        table[np.searchsorted(panel.asked, int(film[1:])), : len(films)] = films
    return table


def test_a_like_counts_by_its_place_and_half_of_the_seeds_without_one_halves_the_mean() -> None:
    # One user of three likes; film 0 was drawn five times, film 5 five times.
    judged = panel([0, 5, 9], seeds=[[0] * 5 + [5] * 5])
    quality = judge(judged, lists(judged, f0=[12, 9, 13]))
    # For film 0 the second place is right: 1 / log2(3). The best would be both others: 1 + 1 / log2(3).
    second = 1 / np.log2(3)
    assert quality.ndcg == pytest.approx((second / (1 + second)) / 2)
    assert quality.hit == 0.5
    assert quality.shown == 3
    assert quality.top_share == 0.5
    assert quality.median_rank == 13  # of ranks 13, 10 and 14


def test_users_count_alike_however_many_likes_they_have() -> None:
    judged = panel([0, 5], list(range(20)), seeds=[[0] * 10, [0] * 10])
    quality = judge(judged, lists(judged, f0=[5]))
    # One like is all there is for the first; the second's ideal is ten of nineteen.
    ideal = (1 / np.log2(np.arange(2, 12))).sum()
    assert quality.ndcg_by_user.tolist() == pytest.approx([1, 1 / ideal])
    assert judge(judged, lists(judged, f0=[5]), np.array([0])).ndcg == 1


def test_a_saga_is_recalled_by_its_other_films() -> None:
    judged = panel([0, 1, 3], seeds=[[0] * 6 + [1] * 2 + [3] * 2])
    # Film 0 brings one of two others, film 1 both; film 3's saga is too small to count.
    quality = judge(judged, lists(judged, f0=[1, 20], f1=[2, 0], f3=[4]))
    assert quality.saga_recall == pytest.approx((6 * 0.5 + 2 * 1) / 8)


def test_strangers_share_no_entity_and_less_than_half_of_the_genres() -> None:
    judged = panel([0, 1], seeds=[[0] * 10])
    # Of film 0's list: 9 has its keyword, 1 its one genre, 6 that and another, 20 a different one.
    assert judge(judged, lists(judged, f0=[9, 1, 6, 20])).strangers == 0.25
    assert np.isnan(judge(judged, lists(judged)).strangers)


def test_halves_part_the_users() -> None:
    tuning, reporting = panel(*[list(range(10))] * 7).halves
    assert sorted([*tuning, *reporting]) == list(range(7))
    assert (tuning.size, reporting.size) == (3, 4)


def test_seeds_are_different_likes_and_the_same_each_time() -> None:
    likes = [np.arange(5, 25), np.arange(10)]
    seeds = draw_seeds(likes)
    assert seeds.shape == (2, DRAWN)
    assert all(set(own) <= set(liked) and len(set(own)) == DRAWN for own, liked in zip(seeds, likes, strict=True))
    assert (draw_seeds(likes) == seeds).all()


def test_the_interval_holds_the_mean_and_narrows_to_it() -> None:
    judged = panel([0, 5], list(range(20)), seeds=[[0] * 10, [0] * 10])
    quality = judge(judged, lists(judged, f0=[5]))
    low, high = quality.interval()
    assert low <= quality.ndcg <= high
    assert judge(judged, lists(judged, f0=[5]), np.array([0])).interval() == (1, 1)
