"""The application with all its middlewares: caching, HEAD, conditional requests, compression and format suffixes."""

import weakref
from contextlib import suppress
from typing import Any

import pytest
from litestar.testing import TestClient

from api.app import create_app
from api.db.queries import Queries
from api.http.content_encoding import ENCODERS
from tests.api.client import Client, create_client
from tests.api.http.asgi import decoder
from warehouse.settings import Settings

LONG = "/v1/movies?limit=16"
VERSIONED = (
    LONG,
    "/v1/movies.csv",
    "/v1/movies.ndjson",
    "/v1/movies.parquet",
    "/v1/movies.arrow",
    "/v1/facets",
    "/v1/movies/2",
    "/score-titulo/300",
)
UNVERSIONED = ("/", "/health/ready")
ERRORS = ("/nowhere", "/v1/movies?limit=0", "/v1/movies/99", "/score-titulo/nada")


@pytest.mark.parametrize("path", [*VERSIONED, *UNVERSIONED, *ERRORS])
def test_head_returns_the_headers_of_get_and_no_body(client: Client, path: str) -> None:
    headers = {"Accept-Encoding": "identity", "X-Request-ID": "same"}
    for _ in range(2):  # the second response may come from the cache
        head, get = client.head(path, headers=headers), client.get(path, headers=headers)
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize("path", VERSIONED)
def test_matching_if_none_match_returns_304(client: Client, path: str) -> None:
    first = client.get(path)
    assert first.headers["etag"].startswith('W/"build-1-')
    assert first.headers["cache-control"] == "public, no-cache"
    for method in (client.get, client.head):
        response = method(path, headers={"If-None-Match": first.headers["etag"]})
        assert (response.status_code, response.content) == (304, b"")
        for name in ("etag", "cache-control", "vary", "filmoteca-build"):
            assert response.headers[name] == first.headers[name]


@pytest.mark.parametrize(
    ("path", "status"), [*dict.fromkeys(VERSIONED, 304).items(), ("/nowhere", 404), ("/v1/movies?limit=0", 422)]
)
def test_conditional_request_runs_no_query(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str, status: int
) -> None:
    etag = client.get(path).headers.get("etag", '"none"')
    monkeypatch.setattr(Queries, "cursor", lambda *arguments: 1 / 0)
    assert client.get(path, headers={"If-None-Match": etag}).status_code == status


def test_etag_of_another_url_does_not_hide_an_error(client: Client) -> None:
    etag = client.get("/v1/movies/2").headers["etag"]
    for path, status in [("/v1/movies/99", 404), ("/score-titulo/nada", 404), ("/v1/movies?limit=0", 422)]:
        assert client.get(path, headers={"If-None-Match": etag}).status_code == status


@pytest.mark.parametrize("path", [*UNVERSIONED, *ERRORS])
def test_unversioned_response_has_no_etag(client: Client, path: str) -> None:
    response = client.get(path, headers={"If-None-Match": "*"})
    assert response.status_code != 304
    assert "etag" not in response.headers
    assert (response.headers["filmoteca-build"], response.headers["vary"]) == ("build-1", "accept, accept-encoding")


@pytest.mark.parametrize("encoding", ENCODERS)
@pytest.mark.parametrize("path", VERSIONED)
def test_compressed_body_decodes_to_the_plain_one(client: Client, path: str, encoding: str) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    with client.stream("GET", path, headers={"Accept-Encoding": encoding}) as response:
        body = b"".join(response.iter_raw())
    is_compressed = "parquet" not in path and (len(plain.content) >= 860 or "." in path)
    assert response.headers.get("content-encoding") == (encoding if is_compressed else None)
    assert (decoder(encoding)(body) if is_compressed else body) == plain.content


def test_cached_response_runs_no_query(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    queries: list[str] = []
    cursor = Queries.cursor

    def record(self: Queries, name: str, *rest: Any) -> Any:
        queries.append(name)
        return cursor(self, name, *rest)

    with create_client(settings) as client:
        monkeypatch.setattr(Queries, "cursor", record)
        responses = [client.get(LONG, headers={"Accept-Encoding": "br"}) for _ in range(3)]
        assert queries == ["list_movies"] * 2, "the page's keys, and its rows"
        assert len({response.content for response in responses}) == 1
        assert client.get(LONG, headers={"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"
        assert client.get(LONG, headers={"Accept": "text/csv"}).headers["content-type"].startswith("text/csv")
        assert client.get(LONG, headers={"Accept-Encoding": "br"}).headers["content-encoding"] == "br"
        assert queries == ["list_movies"] * 5
        assert client.post(LONG).status_code == 405


def test_cancelled_stream_releases_its_snapshot(settings: Settings) -> None:
    app = create_app(settings)
    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": "/v1/movies.csv",
        "raw_path": b"/v1/movies.csv", "query_string": b"", "headers": [], "client": ("test", 1), "server": ("test", 2),
        "root_path": "", "state": {}, "app": app, "extensions": {},
    }  # fmt: skip

    async def receive() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body":
            raise OSError("the client is gone")

    async def request() -> None:
        with suppress(OSError):
            await app(scope, receive, send)  # type: ignore[arg-type]

    with TestClient(app) as client:
        with client.portal() as portal:  # the app's own event loop
            portal.call(request)
        lease = weakref.ref(app.dependencies["snapshots"].dependency().current)  # type: ignore[union-attr]
        assert client.get("/v1/movies.csv").status_code == 200
    assert lease() is None


@pytest.mark.parametrize("path", ["/v1/movies/7", "/v1/movies.csv", "/nowhere", "/en", "/docs/api", "/v1/sql"])
def test_every_response_has_security_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert len(headers.get_list("content-security-policy")) == 1


def test_cached_responses_count_for_the_rate_limit(settings: Settings) -> None:
    with create_client(settings, RATE_LIMIT="2") as client:
        assert [client.get("/v1/movies/7").status_code for _ in range(3)] == [200, 200, 429]
