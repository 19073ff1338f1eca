"""Films, people, entities and statistics: parts and problems; `responses.yaml` has their fields."""

import pytest

from api.v1.entity_kinds import KINDS, EntityKind
from tests.api.client import Client, get_problem, get_rows


@pytest.mark.parametrize(
    ("path", "parts", "default"),
    [
        ("/v1/movies/2", {"genres", "credits", "ratings", "links"}, set()),
        ("/v1/people/100", {"acted", "directed", "crew", "returns"}, {"acted", "directed", "crew", "returns"}),
    ],
)
def test_include_selects_parts(client: Client, path: str, parts: set[str], default: set[str]) -> None:
    assert parts & client.get(path).json().keys() == default
    for part in parts:
        assert parts & client.get(f"{path}?include={part}").json().keys() == {part}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.plural)
def test_unknown_entity_returns_404_with_search_url(client: Client, kind: EntityKind) -> None:
    for suffix in ("", "/movies", "/movies.csv"):
        detail = get_problem(client, f"/v1/{kind.plural}/{'zz' if kind.key_type is str else 99}{suffix}", 404)["detail"]
        assert f"/v1/{kind.plural}?q=" in detail
    too_large = 2**63 if kind.key_type is int else "z" * 99
    assert kind.key in get_problem(client, f"/v1/{kind.plural}/{too_large}", 422)["detail"]


def test_cursor_of_another_entity_returns_422(client: Client) -> None:
    cursor = client.get("/v1/genres/18/movies?limit=1").json()["next_cursor"]
    assert get_rows(client, "/v1/genres/18/movies", cursor=cursor, limit=1)
    assert "cursor" in get_problem(client, f"/v1/genres/28/movies?limit=1&cursor={cursor}", 422)["detail"]


def test_months_and_weekdays_have_names_in_both_languages(sample: Client) -> None:
    january, *_ = get_rows(sample, "/v1/stats/releases")
    *_, sunday = get_rows(sample, "/v1/stats/releases?by=weekday")
    names = [[row[f"period_name_{language}"] for language in ("en", "es")] for row in (january, sunday)]
    assert names == [["january", "enero"], ["sunday", "domingo"]]
