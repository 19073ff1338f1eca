import time
from pathlib import Path

import httpx
import pytest

from api.http.rate_limit import RateLimitMiddleware
from tests.api.http.asgi import FakeApp, fetch
from tests.api.server import run_server


def test_request_over_the_limit_returns_429_with_retry_after() -> None:
    app = RateLimitMiddleware(FakeApp(), per_minute=5)
    assert [fetch(app).status for _ in range(7)] == [200] * 5 + [429] * 2
    rejected = fetch(app)
    assert 1 <= int(rejected.headers[b"retry-after"]) <= 12
    assert b"urn:filmoteca:problem:too-many-requests" in rejected.body
    assert fetch(app, path="/health/ready").status == 200


def test_clients_are_limited_separately_and_recover(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    app = RateLimitMiddleware(FakeApp(), per_minute=2)

    def is_allowed(client: str) -> bool:
        return fetch(app, client=client).status == 200

    assert [is_allowed("192.0.2.1") for _ in range(3)] == [True, True, False]
    assert is_allowed("192.0.2.2")
    assert [is_allowed(f"2001:db8::{number}") for number in range(3)] == [True, True, False], "one /64 network"
    assert is_allowed("2001:db8:0:1::1")
    now += 31
    assert [is_allowed("192.0.2.1") for _ in range(2)] == [True, False]


@pytest.mark.parametrize(("proxies", "statuses"), [("127.0.0.0/8", [200, 200, 429]), ("10.0.0.0/8", [200, 429, 429])])
def test_forwarded_address_counts_only_from_a_trusted_proxy(
    small_warehouse: Path, monkeypatch: pytest.MonkeyPatch, proxies: str, statuses: list[int]
) -> None:
    monkeypatch.setenv("FILMOTECA_RATE_LIMIT", "1")
    monkeypatch.setenv("FILMOTECA_TRUSTED_PROXIES", proxies)
    addresses = ("198.51.100.1", "198.51.100.2", "198.51.100.1")
    with run_server(small_warehouse) as server:
        received = [
            httpx.get(f"{server.origin}/v1/movies/7", headers={"X-Forwarded-For": address}).status_code
            for address in addresses
        ]
    assert received == statuses
