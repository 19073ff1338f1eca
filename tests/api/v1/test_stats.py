"""Statistics on the small warehouse, and their sums on the sample."""

import pytest

from tests.api.client import Client, get_rows


def test_months_have_names_in_both_languages(sample: Client) -> None:
    months = get_rows(sample, "/v1/stats/releases")
    assert [month["release_period"] for month in months] == list(range(1, 13))
    assert (months[0]["period_name_en"], months[0]["period_name_es"]) == ("january", "enero")
    weekdays = get_rows(sample, "/v1/stats/releases?by=weekday")
    assert [day["period_name_es"] for day in weekdays][:3] == ["lunes", "martes", "miércoles"]
    assert [day["period_name_en"] for day in weekdays][-1] == "sunday"


def test_releases_by_decade(client: Client) -> None:
    # 1997 twice and 1999 are three; 1953 is a placeholder.
    decades = {row["release_period"]: row for row in get_rows(client, "/v1/stats/releases?by=decade")}
    assert decades[1990]["movie_count"] == decades[1990]["non_placeholder_movie_count"] == 3
    assert (decades[1950]["movie_count"], decades[1950]["non_placeholder_movie_count"]) == (1, 0)
    assert decades[1990]["period_name_en"] is decades[1990]["period_name_es"] is None


def test_directors_sorted_by_total_return(client: Client) -> None:
    path = "/v1/stats/returns-by-director?sort=-pooled_return_ratio"
    assert [row["person_name"] for row in get_rows(client, path)] == ["Orson Solo", "Ana Robles", "Federico Fellini"]
    (solo,) = get_rows(client, f"{path}&known_return_movie_count_from=2")
    assert solo == {
        "person_id": 106,
        "person_name": "Orson Solo",
        "movie_count": 3,
        "known_return_movie_count": 2,
        "total_return_ratio": 12.0,  # 9 + 3
        "mean_return_ratio": 4.0,  # 12 / 3
        "known_mean_return_ratio": 6.0,  # 12 / 2
        "known_median_return_ratio": 6.0,
        "pooled_return_ratio": pytest.approx(2040 / 280),  # (1800 + 240) / (200 + 80) millions
    }


def test_included_policy_counts_directed_movies(client: Client) -> None:
    path = "/v1/stats/returns-by-actor?known_return_movie_count_from=1"
    assert [(row["person_id"], row["total_return_ratio"]) for row in get_rows(client, path)] == [(100, 12.0)]
    included = get_rows(client, f"{path}&director_policy=included")
    assert [(row["person_id"], row["total_return_ratio"]) for row in included] == [(100, 14.75), (106, 9.0)]


def test_ratings_contain_both_scales(client: Client) -> None:
    assert [row["movie_id"] for row in get_rows(client, "/v1/stats/ratings")] == [2, 1, 11]
    assert [row["movie_id"] for row in get_rows(client, "/v1/stats/ratings?sort=-movielens_rating_mean")] == [11, 1, 2]
    (titanic,) = get_rows(client, "/v1/stats/ratings?rating_count_from=5&vote_count_from=7770")
    assert (titanic["movielens_rating_mean"], titanic["tmdb_vote_mean"]) == (3.1, 7.5)
    assert get_rows(client, "/v1/stats/ratings?rating_count_from=5&vote_count_from=7771") == []
