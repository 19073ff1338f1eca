import base64

import msgspec
import pytest

from tests.api.client import Client


def get_cursor(client: Client, **query: str) -> str:
    cursor: str = client.get("/v1/movies", params={"limit": "1", **query}).json()["next_cursor"]
    return cursor


def encode_cursor(json: bytes) -> str:
    return base64.urlsafe_b64encode(json).decode().rstrip("=")


@pytest.mark.parametrize(
    "query",
    [{"sort": "title"}, {"sort": "tmdb_vote_count"}, {"genre": "Drama"}, {"year_from": "1990"}, {"has": "budget"}],
    ids=str,
)
def test_cursor_of_other_filters_or_sort_is_rejected(sample: Client, query: dict[str, str]) -> None:
    cursor = get_cursor(sample)
    response = sample.get("/v1/movies", params={"cursor": cursor, **query})
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert "`cursor` does not belong to this list" in response.json()["detail"]
    assert sample.get("/v1/movies", params={"cursor": get_cursor(sample, **query)}).status_code == 422
    page = sample.get(f"/v1/movies?cursor={cursor}&fields=title&total=true&limit=3").json()
    assert page["total"] > 3, "other fields, limit and total are accepted"


@pytest.mark.parametrize(
    "position",
    [
        *('"x",[1]', '1,["x"]', "null,[null]", "[],{}", f"{2**64 - 1},[1]", f"1,[{2**64 - 1}]", "1e400,[1]"),
        *(f"{-(2**63)},[{-(2**31)}]", "1.5,[1]", "1e308,[1]", "true,[true]", "1,[1,1]", f"1,[{'9' * 60}]", "[" * 700),
    ],
)
@pytest.mark.parametrize("sort", ["title", "-tmdb_vote_count", "release_date", "movie_id", "runtime_minutes"])
def test_forged_cursor_is_a_position_or_rejected(sample: Client, position: str, sort: str) -> None:
    cursor = get_cursor(sample, sort=sort)
    digest = msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))[0]
    forged = encode_cursor(f'["{digest}",{position}]'.encode())
    for suffix in ("", ".csv"):
        response = sample.get(f"/v1/movies{suffix}", params={"cursor": forged, "sort": sort})
        assert response.status_code in {200, 422}


def test_invalid_or_truncated_cursor_is_rejected(sample: Client) -> None:
    truncated = [get_cursor(sample)[:-cut] for cut in (1, 2, 3, 5, 10)]
    for text in ("", "A", "aA_-=%+/ é", "W" * 2001, encode_cursor(b"[[]]"), encode_cursor(b"\xff"), *truncated):
        assert sample.get("/v1/movies", params={"cursor": text}).status_code == 422, text
