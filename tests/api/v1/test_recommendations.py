"""Recommendations against a naive implementation, and the effect of each parameter."""

from itertools import combinations, pairwise
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.taste import DISLIKE_WEIGHT
from tests.api.client import Client, get_json, get_rows
from tests.api.v1 import movie_filters, movie_oracle, recommender_oracle
from tests.api.v1.movie_oracle import Oracle, as_query
from tests.api.v1.recommender_oracle import Model, Score

PATH = "/v1/recommendations"
TOLERANCE = 1e-5
"""Maximum difference of two scores, which are sums of 32-bit floats."""


@pytest.fixture(scope="module")
def model(sample_warehouse: Path) -> Model:
    return recommender_oracle.read(sample_warehouse)


@pytest.fixture(scope="module")
def films(sample_warehouse: Path) -> Oracle:
    return movie_oracle.read(sample_warehouse)


@pytest.fixture(scope="module")
def famous(films: Oracle) -> list[int]:
    """Return the twenty films with the most votes."""
    by_votes = sorted(films.films, key=lambda film: -(film["tmdb_vote_count"] or 0))
    return [film["movie_id"] for film in by_votes[:20]]


def ids(rows: list[dict[str, Any]]) -> list[int]:
    return [row["movie_id"] for row in rows]


def parts(row: dict[str, Any]) -> list[float]:
    return [row[name] for name in ("content_score", "year_score", "prior_score")]


def approximate(score: Score) -> Any:
    return pytest.approx([score.content, score.year, score.prior], abs=TOLERANCE)


def assert_adds_up(row: dict[str, Any]) -> None:
    assert sum(parts(row)) == pytest.approx(row["score"], abs=TOLERANCE)
    contributions = [reason["contribution"] for reason in row["reasons"]]
    assert contributions == sorted(contributions, reverse=True)
    assert sum(contributions) + row.get("other_terms_score", 0) == pytest.approx(row["content_score"], abs=TOLERANCE)


def test_recommendations_of_movie_equal_stored_neighbors(sample: Client, model: Model) -> None:
    for movie_id in model.movies:
        rows = get_rows(sample, f"/v1/movies/{movie_id}/recommendations", limit=50, reasons=0)
        assert ids(rows) == [other for other, _ in model.neighbors[movie_id]]
        assert [row["recommendation_rank"] for row in rows] == list(range(1, len(rows) + 1))
        assert all(
            parts(row) == approximate(score) for row, (_, score) in zip(rows, model.neighbors[movie_id], strict=True)
        )


def test_limit_selects_stored_or_computed_recommendations(sample: Client) -> None:
    path = "/v1/movies/862/recommendations"
    rows = get_rows(sample, path, limit=100)
    assert len(rows) > 50, "more than are stored"
    assert rows[:50] == get_rows(sample, path, limit=50)
    included = get_json(sample, "/v1/movies/862", include="recommendations")["recommendations"]
    assert included == get_rows(sample, path)
    assert len(included) == 10


def test_recommendations_equal_the_oracle(sample: Client, model: Model, films: Oracle) -> None:
    known = st.sampled_from(sorted(movie_id for movie_id in model.movies if model.terms.get(movie_id)))

    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def check(data: st.DataObject) -> None:
        filters = data.draw(movie_filters.filters(films))
        named = data.draw(st.lists(known, min_size=1, max_size=6, unique=True))
        cut = data.draw(st.integers(1, len(named)))
        liked, disliked = named[:cut], named[cut:]
        novelty = data.draw(st.sampled_from([0.0, 0.25, 1.0]))
        requested: dict[str, Any] = {**as_query(filters), "like": liked, "novelty": novelty, "limit": 20}
        rows = get_rows(sample, PATH, **requested | ({"dislike": disliked} if disliked else {}))
        among = [film["movie_id"] for film in films.matching(filters)]
        expected = model.ranked(liked, disliked, novelty, among)
        assert [row["score"] for row in rows] == pytest.approx([s.total for _, s in expected[:20]], abs=TOLERANCE)
        scores = dict(expected)
        for row in rows:  # nearly equal scores may be in any order
            assert parts(row) == approximate(scores[row["movie_id"]])
            assert_adds_up(row)

    check()


@pytest.mark.parametrize(
    "taste",
    [
        {"like": [862]},
        {"like": [862, 597], "dislike": [550]},
        {"q": "a robot that learns to love"},
        {"like_person": ["Tom Hanks"], "like_genre": ["Thriller"], "like": [862]},
        {"like": [862], "q": "space war", "diversity": 0.7, "novelty": 0.4},
    ],
)
@pytest.mark.parametrize("reasons", [0, 1, 5, 1000])
def test_score_is_the_sum_of_its_parts(sample: Client, taste: dict[str, Any], reasons: int) -> None:
    rows = get_rows(sample, PATH, **taste, reasons=reasons)
    assert len(rows) == 10
    for row in rows:
        assert_adds_up(row)
        assert len(row["reasons"]) <= reasons
        assert reasons < 1000 or row["other_terms_score"] == 0


def test_all_reasons_equal_the_shared_terms(sample: Client, model: Model) -> None:
    for row in get_rows(sample, "/v1/movies/862/recommendations", reasons=1000):
        shared = sorted(model.shared(862, row["movie_id"]).values(), reverse=True)
        assert [reason["contribution"] for reason in row["reasons"]] == pytest.approx(shared, abs=TOLERANCE)


def test_similarity_equals_the_recommendation(sample: Client, model: Model) -> None:
    for row in get_rows(sample, "/v1/movies/862/recommendations", reasons=1000, limit=30):
        pair = get_json(sample, f"/v1/movies/862/similarity/{row['movie_id']}")
        assert pair["neighbor_rank"] == row["recommendation_rank"]
        assert parts(pair) == pytest.approx(parts(row), abs=TOLERANCE)
        by_term = {(reason["field"], reason["term_key"]): reason for reason in pair["reasons"]}
        assert len(by_term) == len(row["reasons"])
        for reason in row["reasons"]:
            same = by_term[reason["field"], reason["term_key"]]
            assert same["contribution"] == pytest.approx(reason["contribution"], abs=TOLERANCE)
            assert same["term"] == reason["term"]
        assert_adds_up(pair)
        back = get_json(sample, f"/v1/movies/{row['movie_id']}/similarity/862")
        assert back["content_score"] == pytest.approx(pair["content_score"])
        assert back["year_score"] == pytest.approx(pair["year_score"])
        assert parts(back) == approximate(model.score([row["movie_id"]], [], 0, 862))


def test_similarity_of_unrelated_movies_has_no_reasons(client: Client) -> None:
    """Film 10 has neither genre nor text nor people."""
    pair = get_json(client, "/v1/movies/2/similarity/10")
    assert (pair["neighbor_rank"], pair["content_score"], pair["reasons"]) == (None, 0, [])
    assert pair["score"] == pytest.approx(pair["year_score"] + pair["prior_score"])


@pytest.mark.parametrize("liked", [[862], [862, 597], [862, 597, 550, 238]])
def test_similar_movies_query_equals_recommendations(sample: Client, liked: list[int]) -> None:
    in_sql = get_json(sample, "/v1/queries/similar_movies/rows", movie_id=liked)["data"]
    rows = get_rows(sample, PATH, like=liked, limit=50)
    assert ids(rows) == ids(in_sql)
    for row, other in zip(rows, in_sql, strict=True):
        assert [*parts(row), row["score"]] == pytest.approx([*parts(other), other["score"]], abs=TOLERANCE)
        assert (row["title"], row["release_year"]) == (other["title"], other["release_year"])


def mean_similarity(model: Model, rows: list[dict[str, Any]]) -> float:
    return mean(sum(model.shared(one, other).values()) for one, other in combinations(ids(rows), 2))


def test_diversity_reduces_similarity(sample: Client, model: Model, famous: list[int]) -> None:
    similarity = [
        mean(mean_similarity(model, get_rows(sample, PATH, like=[one], diversity=diversity)) for one in famous)
        for diversity in (0, 0.5, 1)
    ]
    assert similarity[0] > similarity[1] > similarity[2]
    for one in famous:
        first_rows = [get_rows(sample, PATH, like=[one], diversity=diversity)[0] for diversity in (0, 1)]
        assert first_rows[0] == first_rows[1]


def test_novelty_recommends_less_popular_movies(sample: Client, famous: list[int]) -> None:
    votes = [
        mean(
            row["tmdb_vote_count"] or 0 for one in famous for row in get_rows(sample, PATH, like=[one], novelty=novelty)
        )
        for novelty in (0, 0.5, 1)
    ]
    assert votes[0] > votes[1] > votes[2]
    assert {row["prior_score"] for row in get_rows(sample, PATH, like=famous[:1], novelty=1)} == {0}


def test_dislike_lowers_similar_movies(sample: Client, model: Model, famous: list[int]) -> None:
    pushed = 0
    for liked, disliked in pairwise(famous):
        before = {row["movie_id"]: row["score"] for row in get_rows(sample, PATH, like=[liked], limit=100)}
        after = get_rows(sample, PATH, like=[liked], dislike=[disliked], limit=100)
        assert disliked not in ids(after)
        for row in after:
            if row["movie_id"] in before:
                less = DISLIKE_WEIGHT * model.content([disliked], row["movie_id"])
                assert row["score"] == pytest.approx(before[row["movie_id"]] - less, abs=TOLERANCE)
                pushed += less > 0
    assert pushed > 100
    rows = get_rows(sample, PATH, like=[862], dislike=[863], reasons=1000)
    assert any(reason["contribution"] < 0 for row in rows for reason in row["reasons"])


def test_one_per_collection_keeps_the_best(sample: Client, films: Oracle, famous: list[int]) -> None:
    collections = {film["movie_id"]: film["collection_id"] for film in films.films}
    for movie_id in famous:
        best = get_rows(sample, PATH, like=[movie_id], limit=100)
        rows = get_rows(sample, PATH, like=[movie_id], limit=100, one_per_collection="true")
        shown = [collections[one] for one in ids(rows) if collections[one]]
        assert len(shown) == len(set(shown))
        assert ids(rows)[0] == ids(best)[0]


def test_excluded_movies_are_replaced_by_the_next(sample: Client) -> None:
    first, second, *_ = ids(get_rows(sample, PATH, like=[862]))
    assert ids(get_rows(sample, PATH, like=[862], exclude=[first]))[0] == second


def test_movie_in_path_equals_like(sample: Client) -> None:
    others: dict[str, Any] = {"q": "toys", "year_from": 1990, "diversity": 0.3}
    by_path = get_rows(sample, "/v1/movies/862/recommendations", like=[597], **others)
    assert by_path == get_rows(sample, PATH, like=[862, 597], **others)
    assert by_path == get_rows(sample, PATH, like=[862, 597, 862], **others)


def test_text_matches_keywords_and_people(sample: Client) -> None:
    rows = get_rows(sample, PATH, q="Tom Hanks in a space film")
    assert {"cast", "keyword", "text"} >= {reason["field"] for row in rows for reason in row["reasons"]}
    assert any(reason["term"] == "Tom Hanks" for row in rows for reason in row["reasons"])
    by_name = get_rows(sample, PATH, like_person=["Tom Hanks"])
    assert by_name == get_rows(sample, PATH, like_person=["31"])
    assert all(reason["term"] == "Tom Hanks" for row in by_name for reason in row["reasons"])


def test_sort_and_fields_apply(sample: Client) -> None:
    rows = get_rows(sample, "/v1/movies/862/recommendations")
    by_votes = get_rows(sample, "/v1/movies/862/recommendations", sort="-tmdb_vote_count", fields="title")
    expected = sorted(rows, key=lambda row: (-row["tmdb_vote_count"], row["recommendation_rank"]))
    assert by_votes == [{name: row[name] for name in ("recommendation_rank", "movie_id", "title")} for row in expected]
