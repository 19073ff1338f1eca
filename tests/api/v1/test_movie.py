"""One film, its credits and facets against responses checked by hand."""

from typing import Any

import pytest

from tests.api.client import Client, get_json, get_problem

TITANIC = {
    "movie_id": 2,
    "imdb_id": None,
    "title": "Titanic",
    "original_title": "Titanic",
    "original_language_code": None,
    "overview": None,
    "tagline": "",
    "homepage_url": None,
    "poster_path": None,
    "status": None,
    "is_adult": None,
    "is_video": None,
    "release_date": "1997-11-18",
    "release_year": 1997,
    "is_placeholder_date": False,
    "runtime_minutes": 194.0,
    "budget_usd": 200_000_000,
    "revenue_usd": 1_800_000_000,
    "profit_usd": 1_600_000_000,  # 1,800 million less 200 million
    "return_ratio": 9.0,  # 1,800 million / 200 million
    "has_suspicious_budget": False,
    "tmdb_popularity": 26.9,
    "tmdb_vote_count": 7770,
    "tmdb_vote_mean": 7.5,
    "weighted_rating": 7.428125,  # (7,770 votes of mean 7.5 and 230 prior votes of mean 5) / 8,000
    "genre_names": ["Drama"],
    "collection_id": None,
    "collection_name": None,
}
CREDITS = {
    # By billing; who has no place in it comes last, though second in the list.
    "cast": [
        {"person_id": 100, "person_name": "Ana Robles", "character_name": "Old Rose", "billing_order": 0},
        {"person_id": 100, "person_name": "Ana Robles", "character_name": "Rose", "billing_order": 1},
        {"person_id": 106, "person_name": "Orson Solo", "character_name": "Caledon", "billing_order": None},
    ],
    "crew": [{"person_id": 106, "person_name": "Orson Solo", "department": "Directing", "job": "Director"}],
}
PARTS: dict[str, Any] = {
    "genres": [{"genre_id": 18, "genre_name": "Drama"}],
    "keywords": [{"keyword_id": 2, "keyword_name": "ocean liner"}],
    "companies": [{"company_id": 1, "company_name": "Rankin/Bass"}],
    "countries": [{"country_code": "CG", "country_name": "Congo"}],
    "spoken_languages": [{"language_code": "xx", "language_name": None}],
    "credits": CREDITS,
    "ratings": {"movielens_rating_count": 10, "movielens_rating_mean": 3.1},
    "links": [{"movielens_movie_id": 1721, "imdb_id": "tt0120338"}, {"movielens_movie_id": 2157, "imdb_id": None}],
}


def test_movie_without_include_has_no_parts(client: Client) -> None:
    assert get_json(client, "/v1/movies/2") == TITANIC


@pytest.mark.parametrize("part", PARTS)
def test_movie_with_include_has_that_part(client: Client, part: str) -> None:
    assert get_json(client, f"/v1/movies/2?include={part}") == TITANIC | {part: PARTS[part]}


def test_movie_with_all_parts(client: Client) -> None:
    recommendations = get_json(client, "/v1/movies/2/recommendations")["data"]
    everything = TITANIC | PARTS | {"recommendations": recommendations}
    assert recommendations
    assert get_json(client, f"/v1/movies/2?include={','.join(everything.keys() - TITANIC.keys())}") == everything


def test_movie_with_unknown_values_has_nulls(client: Client) -> None:
    """Genre -3, keyword -5 and company -4 have no names."""
    film = get_json(client, f"/v1/movies/11?include={','.join(PARTS)},recommendations")
    assert film["genres"] == [{"genre_id": -3, "genre_name": None}]
    assert film["keywords"] == [{"keyword_id": -5, "keyword_name": None}]
    assert film["companies"] == [{"company_id": -4, "company_name": None}]
    assert film["credits"] == {"cast": [], "crew": []}
    assert film["ratings"] == {"movielens_rating_count": 1, "movielens_rating_mean": 5.0}
    for part in ("countries", "spoken_languages", "links", "recommendations"):
        assert film[part] == []
    assert get_json(client, "/v1/movies/3?include=ratings")["ratings"] is None


def test_parts_keep_the_order_of_the_film(client: Client) -> None:
    film = get_json(client, "/v1/movies/4?include=companies")
    assert [company["company_id"] for company in film["companies"]] == [2, 1]
    film = get_json(client, "/v1/movies/6?include=genres,credits")
    assert [genre["genre_name"] for genre in film["genres"]] == film["genre_names"] == ["Comedy", "Drama"]
    assert [credit["job"] for credit in film["credits"]["crew"]] == ["Director", "Screenplay"]


def test_credits_with_unknown_role_or_job_have_nulls(client: Client) -> None:
    assert get_json(client, "/v1/movies/2/credits") == CREDITS
    (role,) = get_json(client, "/v1/movies/4/credits")["cast"]
    assert (role["character_name"], role["billing_order"]) == ("", 2)
    assert get_json(client, "/v1/movies/8/credits")["crew"][1] == {
        "person_id": 100,
        "person_name": "Ana Robles",
        "department": "Sound",
        "job": None,
    }


@pytest.mark.parametrize("path", ["99", "99/credits", "99/recommendations", "99/similarity/2", "2/similarity/99"])
def test_unknown_movie_returns_404(client: Client, path: str) -> None:
    assert get_problem(client, f"/v1/movies/{path}", 404)["detail"].startswith("No film with TMDB id 99.")


@pytest.mark.parametrize(
    ("query", "facet", "values"),
    [
        # 2, 5 and 6; 4 and 7; 1 and 6; 11. The filter of the facet itself does not count.
        ("genre=Drama", "genre", [("18", "Drama", 3), ("28", "Action", 2), ("35", "Comedy", 2), ("-3", None, 1)]),
        ("genre_all=Drama,Comedy", "genre", [("18", "Drama", 1), ("35", "Comedy", 1)]),  # 6
        # Of the dramas, 6 is of 2000, 2 of 1997 and 5 of 1963.
        ("genre=Drama", "decade", [("2000", "2000s", 1), ("1990", "1990s", 1), ("1960", "1960s", 1)]),
        # 2 and 6 (two roles in 2 count once); 2.
        ("genre=Drama", "actor", [("100", "Ana Robles", 2), ("106", "Orson Solo", 1)]),
        ("genre=Drama", "original_language", []),
    ],
)
def test_facet_counts_ignore_own_filter(
    client: Client, query: str, facet: str, values: list[tuple[str, str | None, int]]
) -> None:
    (answer,) = get_json(client, f"/v1/facets?facets={facet}&{query}")["facets"]
    assert answer["facet"] == facet
    assert [(value["value"], value["label"], value["movie_count"]) for value in answer["values"]] == values
    assert get_json(client, f"/v1/movies?facets={facet}&{query}")["facets"] == [answer]
