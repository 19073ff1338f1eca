from collections.abc import Iterator

import pytest

from tests.api.client import Client, create_client
from warehouse.settings import Settings

SITE = "https://films.example"
PATHS = {"/v1/movies?limit=1": 200, "/v1/movies.csv": 200, "/v1/movies?limit=0": 422, "/nowhere": 404}


@pytest.fixture(scope="module")
def cors_client(settings: Settings) -> Iterator[Client]:
    with create_client(settings, CORS_ORIGINS=f"{SITE}, https://other.example") as client:
        yield client


@pytest.mark.parametrize(("path", "status"), PATHS.items())
def test_allowed_origin_can_read_every_response(cors_client: Client, path: str, status: int) -> None:
    for _ in range(2):  # the second response may be cached
        response = cors_client.get(path, headers={"Origin": SITE})
        assert (response.status_code, response.headers["access-control-allow-origin"]) == (status, SITE)
        exposed = response.headers["access-control-expose-headers"].lower()
        assert all(name in exposed for name in ("etag", "link", "filmoteca-build"))
        assert "origin" in response.headers["vary"].lower()


def test_other_origin_cannot_read_a_cached_response(cors_client: Client) -> None:
    for origin in (SITE, "https://evil.example", SITE):
        response = cors_client.get("/v1/movies?limit=2", headers={"Origin": origin})
        assert (response.headers.get("access-control-allow-origin") == SITE) is (origin == SITE)
    assert "origin" in cors_client.get("/v1/movies?limit=2").headers["vary"].lower()


@pytest.mark.parametrize(("origin", "allowed"), [(SITE, SITE), ("https://evil.example", None)])
def test_preflight_is_granted_to_allowed_origins(cors_client: Client, origin: str, allowed: str | None) -> None:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    response = cors_client.options("/v1/sql", headers=headers)
    assert response.headers.get("access-control-allow-origin") == allowed
    if allowed:
        methods = set(response.headers["access-control-allow-methods"].split(", "))
        assert methods == {"GET", "HEAD", "POST", "OPTIONS"}


def test_no_origin_is_allowed_by_default(client: Client) -> None:
    response = client.get("/v1/movies?limit=1", headers={"Origin": SITE})
    assert not [name for name in response.headers if name.startswith("access-control")]
