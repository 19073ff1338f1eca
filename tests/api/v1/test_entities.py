"""Entities of all kinds against responses checked by hand and plain SQL."""

from typing import Any

import pytest

from api.v1.entity_kinds import KINDS, EntityKind
from tests.api.client import Client, get_problem, get_rows

Row = dict[str, Any]


def genre(genre_id: int, name: str | None, movies: int, known_revenues: int, revenue: int | None) -> Row:
    return {
        "genre_id": genre_id,
        "genre_name": name,
        "movie_count": movies,
        "known_revenue_movie_count": known_revenues,
        "total_revenue_usd": revenue,
    }


# Films 2, 5 and 6: 1,800,000,000 + unknown + 71,500,000.
DRAMA = genre(18, "Drama", 3, 2, 1_871_500_000)


def test_list_contains_film_counts_and_revenue(client: Client) -> None:
    assert get_rows(client, "/v1/genres") == [
        DRAMA,
        # Equal counts: the lower id first. 240,000,000 + unknown; 174 + 71,500,000.
        genre(28, "Action", 2, 1, 240_000_000),
        genre(35, "Comedy", 2, 2, 71_500_174),
        genre(-3, None, 1, 0, None),
    ]


def test_language_counts_original_and_spoken_films(client: Client) -> None:
    assert client.get("/v1/languages/es").json() == {
        "language_code": "es",
        "language_name": "Español",
        "movie_count": 2,
        "spoken_movie_count": 3,
        "known_revenue_movie_count": 0,
        "total_revenue_usd": None,
    }


@pytest.mark.parametrize(
    ("path", "key", "found"),
    [
        ("/v1/genres?sort=genre_name", "genre_id", [28, 35, 18, -3]),  # unknown last
        ("/v1/genres?sort=total_revenue_usd", "genre_id", [35, 28, 18, -3]),
        ("/v1/genres?sort=-genre_id&limit=2", "genre_id", [35, 28]),
        ("/v1/genres?movie_count_from=2&movie_count_to=2", "genre_id", [28, 35]),
        ("/v1/genres?known_revenue_movie_count_to=0", "genre_id", [-3]),
        ("/v1/genres?total_revenue_from=100000000", "genre_id", [18, 28]),
        ("/v1/languages?sort=-spoken_movie_count", "language_code", ["es", "fr", "xx"]),
        ("/v1/languages?q=espanol", "language_code", ["es"]),
        ("/v1/collections?q=coleccion otra", "collection_id", [2]),
        ("/v1/collections?q=olec", "collection_id", []),  # within a word
        ("/v1/companies?q=bass rank", "company_id", [1, 2]),
        ("/v1/keywords?q=100%25", "keyword_id", [1]),
        ("/v1/keywords?q=wolf_pack", "keyword_id", []),  # `_` is no letter: not a word's beginning
        ("/v1/countries?q=congo", "country_code", ["CG", "CD"]),
    ],
)
def test_list_filters_and_sorts(client: Client, path: str, key: str, found: list[int | str]) -> None:
    assert [row[key] for row in get_rows(client, path)] == found


def test_get_by_id_or_code_returns_totals(client: Client) -> None:
    assert client.get("/v1/genres/18").json() == DRAMA
    assert client.get("/v1/genres/-3").json()["movie_count"] == 1
    for code in ("CG", "cg"):
        assert client.get(f"/v1/countries/{code}").json()["total_revenue_usd"] == 2_040_000_000


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.plural)
def test_unknown_id_returns_404_with_search_url(client: Client, kind: EntityKind) -> None:
    for suffix in ("", "/movies", "/movies.csv"):
        detail = get_problem(client, f"/v1/{kind.plural}/{'zz' if kind.key_type is str else 99}{suffix}", 404)["detail"]
        assert f"/v1/{kind.plural}?q=" in detail
    too_large = 2**63 if kind.key_type is int else "z" * 99
    assert kind.key in get_problem(client, f"/v1/{kind.plural}/{too_large}", 422)["detail"]


@pytest.mark.parametrize(
    ("path", "movie_ids"),
    [
        ("/v1/genres/18/movies", [2, 5, 6]),
        ("/v1/genres/18/movies?genre=Comedy", [6]),  # narrower: both genres
        ("/v1/genres/18/movies?genre_all=Comedy,Action", []),
        ("/v1/genres/18/movies?genre_none=Comedy", [2, 5]),
        ("/v1/genres/18/movies?year_from=1990&vote_count_from=2000", [2]),
        ("/v1/companies/2/movies?country=CD", [4]),
        ("/v1/countries/fr/movies?original_language=fr", [1]),
        ("/v1/languages/ES/movies", [15, 16]),
        ("/v1/languages/es/movies?original_language=fr", []),
        ("/v1/collections/1/movies?collection=2", []),
        ("/v1/keywords/2/movies", [2]),
    ],
)
def test_movies_of_entity_match_filters(client: Client, path: str, movie_ids: list[int]) -> None:
    assert sorted(row["movie_id"] for row in get_rows(client, path)) == movie_ids


def test_cursor_of_another_entity_returns_422(client: Client) -> None:
    cursor = client.get("/v1/genres/18/movies?limit=1").json()["next_cursor"]
    assert get_rows(client, "/v1/genres/18/movies", cursor=cursor, limit=1)
    assert "cursor" in get_problem(client, f"/v1/genres/28/movies?limit=1&cursor={cursor}", 422)["detail"]
