"""Hits of the search, their order and their kinds of match; on films checked by hand."""

import pytest

from tests.api.client import Client, Rows, get_rows


def get_hits(client: Client, text: str, **parameters: str | int) -> Rows:
    return get_rows(client, "/v1/search", q=text, **parameters)


def get_matches(client: Client, text: str) -> list[tuple[str, str]]:
    return [(hit["name"], hit["matched"]["how"]) for hit in get_hits(client, text)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("titanic", ("Titanic", "exact")),
        ("  AMÉLIE ", ("Amélie", "exact")),
        ("poulain amelie", ("Amélie", "words")),
        ("le fabul", ("Amélie", "beginning")),
        ("fabuleux destin", ("Amélie", "beginning")),
        ("destin d'amelie", ("Amélie", "phrase")),
        ("amelie 2001", ("Amélie", "words")),
        ("300", ("300", "exact")),
        ("8½", ("8½", "exact")),
        ("8 1/2", ("8½", "exact")),
        ("千と千尋の神隠し", ("Spirited Away", "exact")),
        ("神隠し", ("Spirited Away", "phrase")),
        ("face off", ("Face/Off", "exact")),
        ("vhs", ("V/H/S", "exact")),
        ("#horror", ("#Horror", "exact")),
        ("brother where thou", ("O Brother, Where Art Thou?", "words")),
        ("otoole", ("Peter O'Toole", "phrase")),
        ("robrt downey", ("Robert Downey Jr.", "typos")),
        ("spirted awya", ("Spirited Away", "typos")),
        ("peterotoo", ("Peter O'Toole", "beginning")),
    ],
)
def test_first_hit_and_kind_of_match(client: Client, typed: str, first: tuple[str, str]) -> None:
    assert get_matches(client, typed)[0] == first


def test_hit_contains_entity_and_match(client: Client) -> None:
    hit = get_hits(client, "frederico fellini")[0]
    assert 0 < hit.pop("score") < 1
    assert hit == {
        "kind": "person",
        "movie_id": None,
        "person_id": 105,
        "collection_id": None,
        "company_id": None,
        "genre_id": None,
        "keyword_id": None,
        "name": "Federico Fellini",
        "release_year": None,
        "movie_count": 1,
        "known_for_titles": ["8½"],
        "matched": {
            "field": "person_name",
            "name": "Federico Fellini",
            "how": "typos",
            "words": [
                {"typed": "frederico", "found": "federico", "field": "name", "how": "typo"},
                {"typed": "fellini", "found": "fellini", "field": "name", "how": "word"},
            ],
        },
    }


def test_match_names_the_original_title(client: Client) -> None:
    [hit] = get_hits(client, "otto e mez")
    assert (hit["name"], hit["release_year"], hit["movie_id"]) == ("8½", 1963, 5)
    assert (hit["matched"]["field"], hit["matched"]["name"]) == ("original_title", "Otto e mezzo")
    assert [word["how"] for word in hit["matched"]["words"]] == ["word", "word", "beginning"]


def test_equal_matches_are_sorted_by_popularity_without_duplicates(client: Client) -> None:
    # Titanic is the original title of film 11.
    assert [hit["movie_id"] for hit in get_hits(client, "titanic")] == [2, 3, 11]
    assert [hit["movie_id"] for hit in get_hits(client, "gemelas")] == [15, 16]
    assert [hit["person_id"] for hit in get_hits(client, "ana", kind="person")] == [100, -7, 101, 102]


def test_kind_and_limit_apply(client: Client) -> None:
    assert [hit["kind"] for hit in get_hits(client, "v/h/s")] == ["movie", "movie", "collection"]
    assert [hit["kind"] for hit in get_hits(client, "v/h/s", kind="collection")] == ["collection"]
    assert [hit["kind"] for hit in get_hits(client, "v/h/s", kind="collection,movie")] == [
        "movie",
        "movie",
        "collection",
    ]
    assert get_hits(client, "v/h/s", limit=1) == get_hits(client, "v/h/s")[:1]
    assert get_hits(client, "v/h/s", kind="person") == []


def test_numbers_are_not_corrected(client: Client) -> None:
    assert get_matches(client, "301") == []


@pytest.mark.parametrize(
    "parameters", [{"q": "x" * 201}, {"q": "x", "limit": 51}, {"q": "x", "kind": "movie,"}, {"q": "x\0y"}], ids=str
)
def test_invalid_parameter_returns_422(client: Client, parameters: dict[str, str]) -> None:
    response = client.get("/v1/search", params=parameters)
    assert (response.status_code, response.json()["status"]) == (422, 422)


@pytest.mark.parametrize(
    "typed", ["%", "_", "';drop table x;--", "$q", ".*", "\\", "😀" * 200, "a " * 100, "\u0301", " "]
)
def test_garbage_returns_no_hits(client: Client, typed: str) -> None:
    response = client.get("/v1/search", params={"q": typed})
    assert response.status_code == 200
    assert all(hit["score"] <= 1 for hit in response.json()["data"])
