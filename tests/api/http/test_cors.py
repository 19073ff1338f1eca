"""Cross-origin resource sharing."""

from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.http.cors import create_cors_config
from api.settings import ApiSettings
from warehouse.errors import FilmotecaError
from warehouse.settings import Settings

Client = TestClient[Litestar]
SITE = "https://films.example"
PATHS = {
    "/v1/movies?limit=1": 200,
    "/v1/movies.csv": 200,
    "/v1/movies?limit=0": 422,
    "/nowhere": 404,
    "/health/live": 200,
}


@pytest.fixture(scope="module")
def cors_client(settings: Settings) -> Iterator[Client]:
    api_settings = ApiSettings.from_environment({"FILMOTECA_CORS_ORIGINS": f"{SITE}, https://other.example"})
    with TestClient(create_app(settings, api_settings), raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(("path", "status"), PATHS.items())
def test_allowed_origin_can_read_every_response(cors_client: Client, path: str, status: int) -> None:
    for _ in range(2):  # the second response may be cached
        response = cors_client.get(path, headers={"Origin": SITE})
        assert (response.status_code, response.headers["access-control-allow-origin"]) == (status, SITE)
        exposed = response.headers["access-control-expose-headers"].lower()
        assert all(name in exposed for name in ("etag", "link", "filmoteca-build"))
        assert "origin" in response.headers["vary"].lower()


@pytest.mark.parametrize("origin", [None, SITE, "https://evil.example"])
def test_responses_vary_by_origin(cors_client: Client, origin: str | None) -> None:
    response = cors_client.get("/v1/movies?limit=3", headers={"Origin": origin} if origin else {})
    assert "origin" in response.headers["vary"].lower()


def test_other_origin_cannot_read_a_cached_response(cors_client: Client) -> None:
    for origin in (SITE, "https://evil.example", SITE):
        response = cors_client.get("/v1/movies?limit=2", headers={"Origin": origin})
        assert (response.headers.get("access-control-allow-origin") == SITE) is (origin == SITE)


def test_preflight_of_allowed_origin_is_granted(cors_client: Client) -> None:
    headers = {
        "Origin": SITE,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    response = cors_client.options("/v1/sql", headers=headers)
    assert response.is_success
    assert response.headers["access-control-allow-origin"] == SITE
    assert {"GET", "HEAD", "POST", "OPTIONS"} == {
        method.strip() for method in response.headers["access-control-allow-methods"].split(",")
    }


def test_preflight_of_other_origin_is_not_granted(cors_client: Client) -> None:
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    assert "access-control-allow-origin" not in cors_client.options("/v1/sql", headers=headers).headers


def test_no_origin_is_allowed_by_default(client: Client) -> None:
    response = client.get("/v1/movies?limit=1", headers={"Origin": SITE})
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize("origins", ["films.example", "https://films.example/", "https://*.example", "null"])
def test_invalid_origin_is_rejected(origins: str) -> None:
    with pytest.raises(FilmotecaError, match="FILMOTECA_CORS_ORIGINS must list"):
        ApiSettings.from_environment({"FILMOTECA_CORS_ORIGINS": origins})


def test_star_allows_every_origin() -> None:
    cors = create_cors_config(ApiSettings.from_environment({"FILMOTECA_CORS_ORIGINS": "*"}).cors_origins)
    assert cors is not None
    assert cors.allow_origins == ["*"]
