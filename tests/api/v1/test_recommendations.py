"""Tests recommendations against a naive implementation, and their parameters one by one."""

from itertools import combinations, pairwise
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient

from api.v1.recommended_movies import group_contributions
from recommender.taste import DISLIKE_WEIGHT, Contribution
from tests.api.v1 import movie_filters, movie_oracle, recommender_oracle
from tests.api.v1.movie_oracle import Oracle, as_query
from tests.api.v1.recommender_oracle import Model, Score

Client = TestClient[Litestar]

PATH = "/v1/recommendations"
# Scores are sums of 32 bits.
ABOUT = 1e-5


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


def got(client: Client, path: str, **parameters: Any) -> Any:
    given = {key: ",".join(map(str, value)) if isinstance(value, list) else value for key, value in parameters.items()}
    response = client.get(path, params=given or None)
    assert response.status_code == 200, response.text
    return response.json()


def recommended(client: Client, path: str = PATH, **parameters: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = got(client, path, **parameters)["data"]
    return rows


def ids(rows: list[dict[str, Any]]) -> list[int]:
    return [row["movie_id"] for row in rows]


def parts(row: dict[str, Any]) -> list[float]:
    return [row[name] for name in ("content_score", "year_score", "prior_score")]


def about(score: Score) -> Any:
    return pytest.approx([score.content, score.year, score.prior], abs=ABOUT)


def assert_adds_up(row: dict[str, Any]) -> None:
    assert sum(parts(row)) == pytest.approx(row["score"], abs=ABOUT)
    contributions = [reason["contribution"] for reason in row["reasons"]]
    assert contributions == sorted(contributions, reverse=True)
    assert sum(contributions) + row.get("other_terms_score", 0) == pytest.approx(row["content_score"], abs=ABOUT)


def test_recommendations_of_movie_equal_stored_neighbors(sample: Client, model: Model) -> None:
    for movie_id in model.movies:
        rows = recommended(sample, f"/v1/movies/{movie_id}/recommendations", limit=50, reasons=0)
        assert ids(rows) == [other for other, _ in model.neighbors[movie_id]]
        assert [row["recommendation_rank"] for row in rows] == list(range(1, len(rows) + 1))
        assert all(parts(row) == about(score) for row, (_, score) in zip(rows, model.neighbors[movie_id], strict=True))


def test_movie_includes_ten_recommendations(sample: Client) -> None:
    film = got(sample, "/v1/movies/862", include="recommendations")
    assert film["recommendations"] == recommended(sample, "/v1/movies/862/recommendations")
    assert len(film["recommendations"]) == 10


def test_limit_above_stored_neighbors_returns_more(sample: Client) -> None:
    rows = recommended(sample, "/v1/movies/862/recommendations", limit=100)
    assert len(rows) > 50
    assert rows[:50] == recommended(sample, "/v1/movies/862/recommendations", limit=50)


def test_recommendations_equal_the_oracle(sample: Client, model: Model, films: Oracle) -> None:
    known = st.sampled_from(sorted(movie_id for movie_id in model.movies if model.terms.get(movie_id)))

    @settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        filters = data.draw(movie_filters.filters(films))
        named = data.draw(st.lists(known, min_size=1, max_size=6, unique=True))
        cut = data.draw(st.integers(1, len(named)))
        liked, disliked = named[:cut], named[cut:]
        novelty = data.draw(st.sampled_from([0.0, 0.25, 1.0]))
        requested: dict[str, Any] = {**as_query(filters), "like": liked, "novelty": novelty, "limit": 20}
        rows = recommended(sample, **requested | ({"dislike": disliked} if disliked else {}))
        among = [film["movie_id"] for film in films.matching(filters)]
        expected = model.ranked(liked, disliked, novelty, among)
        assert [row["score"] for row in rows] == pytest.approx([s.total for _, s in expected[:20]], abs=ABOUT)
        scores = dict(expected)
        for row in rows:  # what nearly ties may be in either order
            assert parts(row) == about(scores[row["movie_id"]])
            assert_adds_up(row)

    ask()


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
    rows = recommended(sample, **taste, reasons=reasons)
    assert len(rows) == 10
    for row in rows:
        assert_adds_up(row)
        assert len(row["reasons"]) <= reasons
        assert reasons < 1000 or row["other_terms_score"] == 0


def test_all_reasons_equal_the_shared_terms(sample: Client, model: Model) -> None:
    for row in recommended(sample, "/v1/movies/862/recommendations", reasons=1000):
        shared = sorted(model.shared(862, row["movie_id"]).values(), reverse=True)
        assert [reason["contribution"] for reason in row["reasons"]] == pytest.approx(shared, abs=ABOUT)


def test_similarity_equals_the_recommendation(sample: Client, model: Model) -> None:
    for row in recommended(sample, "/v1/movies/862/recommendations", reasons=1000, limit=30):
        pair = got(sample, f"/v1/movies/862/similarity/{row['movie_id']}")
        assert pair["neighbor_rank"] == row["recommendation_rank"]
        assert parts(pair) == pytest.approx(parts(row), abs=ABOUT)
        by_term = {(reason["field"], reason["term_key"]): reason for reason in pair["reasons"]}
        assert len(by_term) == len(row["reasons"])
        for reason in row["reasons"]:
            same = by_term[reason["field"], reason["term_key"]]
            assert same["contribution"] == pytest.approx(reason["contribution"], abs=ABOUT)
            assert same["term"] == reason["term"]
        assert_adds_up(pair)
        back = got(sample, f"/v1/movies/{row['movie_id']}/similarity/862")
        assert back["content_score"] == pytest.approx(pair["content_score"])
        assert back["year_score"] == pytest.approx(pair["year_score"])
        assert parts(back) == about(model.score([row["movie_id"]], [], 0, 862))


def test_similarity_of_unrelated_movies_has_no_reasons(client: Client) -> None:
    """Film 10 has neither genre nor text nor people."""
    pair = got(client, "/v1/movies/2/similarity/10")
    assert (pair["neighbor_rank"], pair["content_score"], pair["reasons"]) == (None, 0, [])
    assert pair["score"] == pytest.approx(pair["year_score"] + pair["prior_score"])


@pytest.mark.parametrize("liked", [[862], [862, 597], [862, 597, 550, 238]])
def test_similar_movies_query_equals_recommendations(sample: Client, liked: list[int]) -> None:
    in_sql = got(sample, "/v1/queries/similar_movies/rows", movie_id=liked)["data"]
    rows = recommended(sample, like=liked, limit=50)
    assert ids(rows) == ids(in_sql)
    for row, other in zip(rows, in_sql, strict=True):
        assert [*parts(row), row["score"]] == pytest.approx([*parts(other), other["score"]], abs=ABOUT)
        assert (row["title"], row["release_year"]) == (other["title"], other["release_year"])


def mean_likeness(model: Model, rows: list[dict[str, Any]]) -> float:
    return mean(sum(model.shared(one, other).values()) for one, other in combinations(ids(rows), 2))


def test_diversity_reduces_similarity(sample: Client, model: Model, famous: list[int]) -> None:
    likeness = [
        mean(mean_likeness(model, recommended(sample, like=[one], diversity=diversity)) for one in famous)
        for diversity in (0, 0.5, 1)
    ]
    assert likeness[0] > likeness[1] > likeness[2]
    for one in famous:
        most_like = [recommended(sample, like=[one], diversity=diversity)[0] for diversity in (0, 1)]
        assert most_like[0] == most_like[1]


def test_novelty_recommends_less_popular_movies(sample: Client, famous: list[int]) -> None:
    votes = [
        mean(row["tmdb_vote_count"] or 0 for one in famous for row in recommended(sample, like=[one], novelty=novelty))
        for novelty in (0, 0.5, 1)
    ]
    assert votes[0] > votes[1] > votes[2]
    assert {row["prior_score"] for row in recommended(sample, like=famous[:1], novelty=1)} == {0}


def test_dislike_lowers_similar_movies(sample: Client, model: Model, famous: list[int]) -> None:
    pushed = 0
    for liked, disliked in pairwise(famous):
        before = {row["movie_id"]: row["score"] for row in recommended(sample, like=[liked], limit=100)}
        after = recommended(sample, like=[liked], dislike=[disliked], limit=100)
        assert disliked not in ids(after)
        for row in after:
            if row["movie_id"] in before:
                less = DISLIKE_WEIGHT * model.content([disliked], row["movie_id"])
                assert row["score"] == pytest.approx(before[row["movie_id"]] - less, abs=ABOUT)
                pushed += less > 0
    assert pushed > 100


def test_reasons_shared_with_dislikes_are_negative(sample: Client) -> None:
    rows = recommended(sample, like=[862], dislike=[863], reasons=1000)
    assert any(reason["contribution"] < 0 for row in rows for reason in row["reasons"])


def test_one_per_collection_keeps_the_best(sample: Client, films: Oracle, famous: list[int]) -> None:
    collections = {film["movie_id"]: film["collection_id"] for film in films.films}
    for one in famous:
        rows = recommended(sample, like=[one], limit=100)
        alone = recommended(sample, like=[one], limit=100, one_per_collection="true")
        shown = [collections[movie_id] for movie_id in ids(alone) if collections[movie_id]]
        assert len(shown) == len(set(shown))
        first = [row["movie_id"] for row in rows if collections[row["movie_id"]] in shown]
        assert ids(alone)[0] == ids(rows)[0]
        assert len(first) >= len(shown)


def test_excluded_movies_are_replaced_by_the_next(sample: Client) -> None:
    first, second, *_ = ids(recommended(sample, like=[862]))
    assert ids(recommended(sample, like=[862], exclude=[first]))[0] == second


def test_movie_in_path_equals_like(sample: Client) -> None:
    besides: dict[str, Any] = {"q": "toys", "year_from": 1990, "diversity": 0.3}
    by_path = recommended(sample, "/v1/movies/862/recommendations", like=[597], **besides)
    assert by_path == recommended(sample, like=[862, 597], **besides)
    assert by_path == recommended(sample, like=[862, 597, 862], **besides)


def test_text_matches_keywords_and_people(sample: Client) -> None:
    rows = recommended(sample, q="Tom Hanks in a space film")
    assert {"cast", "keyword", "text"} >= {reason["field"] for row in rows for reason in row["reasons"]}
    assert any(reason["term"] == "Tom Hanks" for row in rows for reason in row["reasons"])
    by_name = recommended(sample, like_person=["Tom Hanks"])
    assert by_name == recommended(sample, like_person=["31"])
    assert all(reason["term"] == "Tom Hanks" for row in by_name for reason in row["reasons"])


def test_sort_and_fields_apply(sample: Client) -> None:
    rows = recommended(sample, "/v1/movies/862/recommendations")
    by_votes = recommended(sample, "/v1/movies/862/recommendations", sort="-tmdb_vote_count", fields="title")
    expected = sorted(rows, key=lambda row: (-row["tmdb_vote_count"], row["recommendation_rank"]))
    assert by_votes == [{name: row[name] for name in ("recommendation_rank", "movie_id", "title")} for row in expected]


def test_movie_with_few_terms_has_recommendations(client: Client) -> None:
    """Film 7 has a genre and a director, and the only word of its text is in no other film."""
    rows = recommended(client, "/v1/movies/7/recommendations")
    assert {reason["field"] for row in rows for reason in row["reasons"]} == {"genre", "director"}


@pytest.mark.parametrize(
    ("path", "note"),
    [
        # Film 10 has neither genre nor text nor people.
        ("/v1/movies/10/recommendations", "Ignored, because no terms are known: the film 10."),
        (f"{PATH}?q=the of and", "Ignored, because no terms are known: “the of and”."),
        (f"{PATH}?q=%20", "Ignored, because no terms are known: “ ”."),
        (f"{PATH}?q=xyzzy plugh", "Ignored, because no terms are known: “xyzzy plugh”."),
        # 102 is in no cast, and genre -3 has no name.
        (f"{PATH}?like_person=102&like_genre=-3", "Ignored, because no terms are known: “102”, “-3”."),
        (f"{PATH}?like=2&year_to=1900", "No film matches the taste and the filters."),
        (f"{PATH}?like=8", "No film matches the taste and the filters."),
    ],
)
def test_taste_without_result_returns_a_note(client: Client, path: str, note: str) -> None:
    assert got(client, path) == {"data": [], "next_cursor": None, "note": note}
    file = client.get(path.replace("recommendations", "recommendations.csv"))
    assert (file.status_code, file.text.count("\n")) == (200, 1)


def test_unknown_likes_are_ignored_with_a_note(client: Client) -> None:
    answer = got(client, PATH, like=[2], q="xyzzy", dislike=[10])
    assert answer["data"] == recommended(client, like=[2])
    assert answer["note"] == "Ignored, because no terms are known: “xyzzy”, the film 10."
    assert got(client, PATH, like=[2])["note"] is None


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "At least one of `like`, `q`, `like_person` and `like_genre` is required."),
        ("dislike=2", "At least one of `like`"),
        ("like=99", "`like` must contain TMDB ids of films; got 99."),
        ("like=2&dislike=99", "`dislike` must contain TMDB ids of films; got 99."),
        ("like=2,4&dislike=4", "Film 4 is both liked and disliked; remove it"),
        ("like=-1", "`like` must be a whole number between 1 and 2147483647; got -1."),
        ("like=x", "`like` must be a whole number between 1 and 2147483647; got 'x'."),
        ("like=", "`like` must be one line of values separated by commas"),
        ("like=2147483648", "`like` must be a whole number between 1 and 2147483647; got 2147483648."),
        (
            "like_person=Nobody at all",
            "`like_person` must contain names or ids of people in the cast or crew; got 'Nobody at all'.",
        ),
        ("like_genre=Dramas", "`like_genre` must contain names or ids of genres; got 'Dramas'. Did you mean “Drama”?"),
        ("q=", "`q` must be "),
        (f"q={'a' * 1001}", "`q` must be "),
        ("like=2&limit=0", "`limit` must be "),
        ("like=2&limit=101", "`limit` must be "),
        ("like=2&diversity=1.1", "`diversity` must be "),
        ("like=2&diversity=NaN", "`diversity` must be "),
        ("like=2&novelty=-0.1", "`novelty` must be "),
        ("like=2&novelty=1e400", "`novelty` must be "),
        ("like=2&reasons=-1", "`reasons` must be "),
        ("like=2&genre=Dramas", "`genre` must contain names or ids of genres; got 'Dramas'."),
        ("like=2&year_from=2000&year_to=1990", "`year_from` must not be above `year_to`"),
        ("like=2&cursor=x", "Unknown parameter `cursor`."),
    ],
)
def test_invalid_taste_returns_422_with_reason(client: Client, query: str, sentence: str) -> None:
    response = client.get(f"{PATH}?{query}")
    assert (response.status_code, response.json()["detail"].startswith(sentence)) == (422, True), response.text


@pytest.mark.parametrize("path", ["99/recommendations", "99/similarity/2", "2/similarity/99"])
def test_unknown_movie_returns_404(client: Client, path: str) -> None:
    problem = client.get(f"/v1/movies/{path}").json()
    assert (problem["status"], problem["detail"].startswith("No film with TMDB id 99.")) == (404, True)


def test_group_contributions_merges_users() -> None:
    """0.1 + 0.2 + 0.3 of three users are more than 0.5 of the director."""
    terms = [
        Contribution("director", "7", "Ana", 0.5),
        Contribution("likes", "15", "user 15", 0.3),
        Contribution("likes", "4", "user 4", 0.2),
        Contribution("likes", "9", "user 9", 0.1),
        Contribution("text", "sea", "sea", 0.05),
    ]
    assert [(one.field, one.term, one.contribution) for one in group_contributions(terms)] == [
        ("likes", "3", pytest.approx(0.6)),
        ("director", "Ana", 0.5),
        ("text", "sea", 0.05),
    ]
