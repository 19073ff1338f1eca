"""Recommendations against the same computation in SQL, and the effect of each parameter."""

from typing import Any

import pytest

from api.v1.recommended_movies import group_contributions
from recommender.taste import Contribution
from tests.api.client import Client, get_all_rows, get_json, get_rows

PATH = "/v1/recommendations"
TOLERANCE = 1e-5
"""Maximum difference of two scores, which are sums of 32-bit floats."""


def ids(rows: list[dict[str, Any]]) -> list[int]:
    return [row["movie_id"] for row in rows]


def parts(row: dict[str, Any]) -> list[float]:
    return [row[name] for name in ("content_score", "year_score", "prior_score")]


def assert_adds_up(row: dict[str, Any]) -> None:
    assert sum(parts(row)) == pytest.approx(row["score"], abs=TOLERANCE)
    contributions = [reason["contribution"] for reason in row["reasons"]]
    assert contributions == sorted(contributions, reverse=True)
    assert sum(contributions) + row.get("other_terms_score", 0) == pytest.approx(row["content_score"], abs=TOLERANCE)


def test_limit_selects_stored_or_computed_recommendations(sample: Client) -> None:
    path = "/v1/movies/862/recommendations"
    rows = get_rows(sample, path, limit=100)
    assert len(rows) > 50, "more than are stored"
    assert rows[:50] == get_rows(sample, path, limit=50)
    included = get_json(sample, "/v1/movies/862", include="recommendations")["recommendations"]
    assert included == get_rows(sample, path)
    assert len(included) == 10


def test_filters_select_among_all_recommendations(sample: Client) -> None:
    filters: dict[str, Any] = {"genre": ["Comedy"], "year_from": 1990}
    films = get_all_rows(sample, "/v1/movies", **filters, fields="movie_id", limit=1000)
    unfiltered = ids(get_rows(sample, PATH, like=[862], limit=100))
    expected = [one for one in unfiltered if one in ids(films)]
    found = ids(get_rows(sample, PATH, like=[862], limit=100, **filters))
    assert 0 < len(expected) < len(unfiltered)
    assert found[: len(expected)] == expected
    assert {*found} <= {*ids(films)}


def test_similarity_equals_the_recommendation(sample: Client) -> None:
    for row in get_rows(sample, "/v1/movies/862/recommendations", reasons=1000, limit=30):
        pair = get_json(sample, f"/v1/movies/862/similarity/{row['movie_id']}")
        assert pair["neighbor_rank"] == row["recommendation_rank"]
        assert parts(pair) == pytest.approx(parts(row), abs=TOLERANCE)
        assert {describe(reason) for reason in pair["reasons"]} == {describe(reason) for reason in row["reasons"]}
        for one in (pair, row):
            assert_adds_up(one)


def describe(reason: dict[str, Any]) -> tuple[str, str, str]:
    return reason["field"], reason["term_key"], reason["term"]


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


@pytest.mark.parametrize(
    "parameters",
    [
        {"q": "french comedy", "novelty": 0.5},
        {"q": "something like Toy Story but scary", "dislike": [863]},
        {"q": "american comedy without romance", "like": [13], "like_genre": ["Drama"], "diversity": 0.5},
        {"q": "80s", "one_per_collection": "true", "genre": ["Comedy"], "exclude": [105]},
    ],
)
def test_described_movies_have_scores_that_add_up(sample: Client, parameters: dict[str, Any]) -> None:
    answer = get_json(sample, PATH, **parameters, reasons=1000)
    assert answer["data"]
    assert answer["note"] is None
    fields = {term["field"] for one in answer["understood"] for term in one["terms"]}
    for row in answer["data"]:
        assert_adds_up(row)
        # Films that are only like the titles in the text follow those that also match the rest.
        assert "movie" in fields or fields & {reason["field"] for reason in row["reasons"]}


@pytest.mark.parametrize("option", ["diversity=1", "novelty=1", "one_per_collection=true", "dislike=863"])
def test_ranking_option_changes_the_movies(sample: Client, option: str) -> None:
    without = get_rows(sample, f"{PATH}?like=862")
    rows = get_rows(sample, f"{PATH}?like=862&{option}")
    assert len(rows) == len(without) == 10
    assert ids(rows) != ids(without)


def test_excluded_movies_are_replaced_by_the_next(sample: Client) -> None:
    first, second, *_ = ids(get_rows(sample, PATH, like=[862]))
    assert ids(get_rows(sample, PATH, like=[862], exclude=[first]))[0] == second


def test_movie_in_path_equals_like(sample: Client) -> None:
    others: dict[str, Any] = {"q": "toys", "year_from": 1990, "diversity": 0.3}
    by_path = get_rows(sample, "/v1/movies/862/recommendations", like=[597], **others)
    assert by_path == get_rows(sample, PATH, like=[862, 597], **others)
    assert by_path == get_rows(sample, PATH, like=[862, 597, 862], **others)


def test_liked_person_is_named_or_identified(sample: Client) -> None:
    by_name = get_rows(sample, PATH, like_person=["Tom Hanks"])
    assert by_name == get_rows(sample, PATH, like_person=["31"])
    assert all(reason["term"] == "Tom Hanks" for row in by_name for reason in row["reasons"])


def test_sort_and_fields_apply(sample: Client) -> None:
    rows = get_rows(sample, "/v1/movies/862/recommendations")
    by_votes = get_rows(sample, "/v1/movies/862/recommendations", sort="-tmdb_vote_count", fields="title")
    expected = sorted(rows, key=lambda row: (-row["tmdb_vote_count"], row["recommendation_rank"]))
    assert by_votes == [{name: row[name] for name in ("recommendation_rank", "movie_id", "title")} for row in expected]


def test_movie_with_few_terms_has_recommendations(client: Client) -> None:
    """Film 7 has a genre, a director and a country, and the only word of its text is in no other film."""
    rows = get_rows(client, "/v1/movies/7/recommendations")
    assert {reason["field"] for row in rows for reason in row["reasons"]} == {"genre", "director", "country"}


def test_taste_without_result_has_an_empty_file(client: Client) -> None:
    file = client.get(f"{PATH}.csv?like=8")
    assert (file.status_code, file.text.count("\n")) == (200, 1)


def test_unknown_likes_are_ignored_with_a_note(client: Client) -> None:
    answer = get_json(client, PATH, like=[2], q="xyzzy", dislike=[10])
    assert answer["data"] == get_rows(client, PATH, like=[2])
    assert answer["note"] == "Ignored, because no terms are known: “xyzzy”, the film 10."
    assert get_json(client, PATH, like=[2])["note"] is None


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
