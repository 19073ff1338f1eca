"""First hits of the search and invalid texts; `responses.yaml` has complete hits and their order."""

import pytest

from tests.api.client import Client, get_rows


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
    hit, *_ = get_rows(client, "/v1/search", q=typed)
    assert (hit["name"], hit["matched"]["how"]) == first


@pytest.mark.parametrize(
    "typed", ["%", "_", "';drop table x;--", "$q", ".*", "\\", "😀" * 200, "a " * 100, "\u0301", " "]
)
def test_garbage_returns_no_hits(client: Client, typed: str) -> None:
    response = client.get("/v1/search", params={"q": typed})
    assert response.status_code == 200
    assert all(hit["score"] <= 1 for hit in response.json()["data"])
