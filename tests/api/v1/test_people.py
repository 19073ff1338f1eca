"""People against responses checked by hand, and filmographies of the sample against plain SQL."""

import pytest

from tests.api.client import Client, get_problem, get_rows


def test_list_contains_people_with_counts(client: Client) -> None:
    assert client.get("/v1/people?q=robles&limit=1").json()["data"] == [
        {
            "person_id": 100,
            "person_name": "Ana Robles",
            "gender": "female",
            "profile_path": None,
            "is_tmdb_person": True,
            "cast_movie_count": 3,
            "crew_movie_count": 2,
            "directed_movie_count": 1,
        }
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=robles", [100, -7, 101, 102]),  # by films, then by id
        ("q=toole", [104]),  # O'Toole
        ("role=crew&role=actor&q=f", [105]),
        ("role=actor", [100, -7, 101, 103, 104, 106]),
        ("role_all=actor,director&gender=non-binary", [106]),
        ("gender=male&sort=person_name", [105, 104, 103]),
        ("cast_movie_count_from=1&cast_movie_count_to=1&directed_movie_count_from=1", [106]),
        ("crew_movie_count_from=2&sort=-crew_movie_count", [106, 100]),
        ("sort=-person_id&limit=2", [106, 105]),
    ],
)
def test_list_filters_and_sorts(client: Client, query: str, found: list[int]) -> None:
    assert [row["person_id"] for row in get_rows(client, f"/v1/people?{query}")] == found


def test_person_contains_filmography_and_returns(client: Client) -> None:
    person = client.get("/v1/people/100").json()
    assert [(film["movie_id"], film["character_names"], film["billing_order"]) for film in person["acted"]] == [
        (6, ["Penny"], 0),  # 2000
        (2, ["Rose", "Old Rose"], 0),  # November 1997; two roles are one film
        (4, [], 2),  # June 1997; TMDB names no role
    ]
    assert person["directed"] == [
        {
            "movie_id": 6,
            "imdb_id": None,
            "title": "O Brother, Where Art Thou?",
            "release_date": "2000-08-30",
            "release_year": 2000,
            "tmdb_vote_count": 1200,
            "tmdb_vote_mean": 7.3,
            "return_ratio": 2.75,  # 71.5 / 26
        }
    ]
    assert [(film["movie_id"], film["jobs"]) for film in person["crew"]] == [
        (8, [{"department": "Writing", "job": "Story"}, {"department": "Sound", "job": None}]),
        (6, [{"department": "Writing", "job": "Screenplay"}]),
    ]
    excluded, included = person["returns"]["as_actor"]
    # Films 2 (1800 / 200 = 9) and 4 (240 / 80 = 3), without film 6, which she directed; with it 12 + 2.75.
    assert (excluded["director_policy"], included["director_policy"]) == ("excluded", "included")
    assert (excluded["movie_count"], excluded["total_return_ratio"], excluded["mean_return_ratio"]) == (2, 12, 6)
    assert excluded["excluded_directed_movie_count"] == 1
    assert (included["movie_count"], included["total_return_ratio"]) == (3, 14.75)
    assert person["returns"]["as_director"]["total_return_ratio"] == 2.75


def test_person_who_never_directed_has_null_director_returns(client: Client) -> None:
    assert client.get("/v1/people/102?include=returns").json()["returns"] == {"as_actor": [], "as_director": None}
    only_included = client.get("/v1/people/106").json()["returns"]["as_actor"]
    assert [returns["mean_return_ratio"] for returns in only_included] == [None, 9]


def test_include_selects_parts(client: Client) -> None:
    parts = {"acted", "directed", "crew", "returns"}
    assert parts & client.get("/v1/people/100").json().keys() == parts
    assert parts & client.get("/v1/people/100?include=crew,returns").json().keys() == {"crew", "returns"}
    assert client.get("/v1/people/100?include=awards").status_code == 422


@pytest.mark.parametrize(
    ("path", "movie_ids"),
    [
        ("/v1/people/100/movies", [2, 4, 6, 8]),
        ("/v1/people/100/movies?role=director", [6]),
        ("/v1/people/100/movies?role=crew", [6, 8]),
        ("/v1/people/100/movies?role=crew&actor=100", [6]),
        ("/v1/people/100/movies?person=106", [2, 4]),  # films of both
        ("/v1/people/100/movies?director_none=100", [2, 4, 8]),
        ("/v1/people/102/movies", []),
        ("/v1/movies?crew=100", [6, 8]),
        ("/v1/movies?crew_all=Orson Solo&actor=100", [2, 4]),
        ("/v1/movies?director=106&crew_none=100", [2, 4, 7]),
    ],
)
def test_movies_of_person_match_filters(client: Client, path: str, movie_ids: list[int]) -> None:
    assert sorted(row["movie_id"] for row in get_rows(client, path)) == movie_ids


@pytest.mark.parametrize("path", ["/v1/people/999", "/v1/people/999/movies", "/v1/people/999/movies.csv"])
def test_unknown_person_returns_404_with_search_url(client: Client, path: str) -> None:
    assert "/v1/people?q=" in get_problem(client, path, 404)["detail"]


@pytest.mark.parametrize(
    "path",
    ["/v1/people/9223372036854775808", "/v1/people?role=writer", "/v1/people/100/movies?role=writer", "/v1/people?q="],
)
def test_invalid_parameters_return_422(client: Client, path: str) -> None:
    assert client.get(path).status_code == 422
