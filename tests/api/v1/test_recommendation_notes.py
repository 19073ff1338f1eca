"""Tastes that have no recommendations or are invalid, and their reasons; on films checked by hand."""

import pytest

from api.v1.recommended_movies import group_contributions
from recommender.taste import Contribution
from tests.api.client import Client, get_json, get_rows

PATH = "/v1/recommendations"


def test_movie_with_few_terms_has_recommendations(client: Client) -> None:
    """Film 7 has a genre and a director, and the only word of its text is in no other film."""
    rows = get_rows(client, "/v1/movies/7/recommendations")
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
    assert get_json(client, path) == {"data": [], "next_cursor": None, "note": note}
    file = client.get(path.replace("recommendations", "recommendations.csv"))
    assert (file.status_code, file.text.count("\n")) == (200, 1)


def test_unknown_likes_are_ignored_with_a_note(client: Client) -> None:
    answer = get_json(client, PATH, like=[2], q="xyzzy", dislike=[10])
    assert answer["data"] == get_rows(client, PATH, like=[2])
    assert answer["note"] == "Ignored, because no terms are known: “xyzzy”, the film 10."
    assert get_json(client, PATH, like=[2])["note"] is None


@pytest.mark.parametrize("path", ["99/recommendations", "99/similarity/2", "2/similarity/99"])
def test_unknown_movie_returns_404(client: Client, path: str) -> None:
    problem = client.get(f"/v1/movies/{path}").json()
    assert (problem["status"], problem["detail"].startswith("No film with TMDB id 99.")) == (404, True)


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
        (
            "like_person=Nobody at all",
            "`like_person` must contain names or ids of people in the cast or crew; got 'Nobody at all'.",
        ),
        ("like_genre=Dramas", "`like_genre` must contain names or ids of genres; got 'Dramas'. Did you mean “Drama”?"),
        ("like=2&limit=101", "`limit` must be "),
        ("like=2&novelty=1e400", "`novelty` must be "),
        ("like=2&year_from=2000&year_to=1990", "`year_from` must not be above `year_to`"),
        ("like=2&cursor=x", "Unknown parameter `cursor`."),
    ],
)
def test_invalid_taste_returns_422_with_reason(client: Client, query: str, sentence: str) -> None:
    response = client.get(f"{PATH}?{query}")
    assert (response.status_code, response.json()["detail"].startswith(sentence)) == (422, True), response.text


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
