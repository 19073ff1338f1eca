import json

import pytest

from api.http.host_check import HostCheckMiddleware
from tests.api.http.asgi import FakeApp, fetch

HOSTS = ["films.example.org", "*.example.net"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("films.example.org", 200),
        ("FILMS.example.org:8000", 200),
        ("films.example.org.", 200),
        ("a.b.example.net", 200),
        ("example.net", 421),
        ("evil-films.example.org", 421),
        ("localhost", 421),
        ("", 421),
    ],
)
def test_only_allowed_hosts_are_served(host: str, status: int) -> None:
    app = HostCheckMiddleware(FakeApp(), HOSTS)
    headers = [(b"host", host.encode())]
    response = fetch(app, path="/v1/movies", headers=headers)
    assert response.status == status
    assert fetch(app, path="/health/live", headers=headers).status == 200
    if status == 421:
        assert response.headers[b"content-type"] == b"application/problem+json"
        problem = json.loads(response.body)
        assert (problem["status"], problem["request_id"]) == (421, "request-1")


@pytest.mark.parametrize(
    "host",
    ["st: x", "st:/ x", "a:port", "a:99999", "a:0x1", "[::1", "[x]", "::1", "a b", "a/b", "a?b", "a#b", "a\\b", "a@b"],
)
@pytest.mark.parametrize("path", ["/v1/movies", "/health/live"])
def test_malformed_host_returns_400(host: str, path: str) -> None:
    response = fetch(HostCheckMiddleware(FakeApp()), path=path, headers=[(b"host", host.encode())])
    assert response.status == 400
    assert "one Host header" in json.loads(response.body)["detail"]


def test_repeated_host_returns_400() -> None:
    headers = [(b"host", b"localhost"), (b"host", b"localhost")]
    assert fetch(HostCheckMiddleware(FakeApp()), headers=headers).status == 400


@pytest.mark.parametrize("headers", [[], [(b"host", b"[::1]:8000")]], ids=["HTTP/1.0", "IPv6"])
def test_any_host_is_served_by_default(headers: list[tuple[bytes, bytes]]) -> None:
    assert fetch(HostCheckMiddleware(FakeApp()), headers=headers).status == 200
