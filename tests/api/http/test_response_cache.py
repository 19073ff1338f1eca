import asyncio
from typing import Any

import pytest
from litestar.types import Receive, Scope, Send

from api.http import response_cache
from api.http.response_cache import MAX_BODY_BYTES, MAX_KEY_BYTES, ResponseCacheMiddleware
from tests.api.http.asgi import FakeApp, FakeResponse, fetch, request, run


class FailingApp(FakeApp):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scopes.append(dict(scope))
        await asyncio.sleep(0)
        raise OSError


def cache(app: FakeApp, max_bytes: int = 2**20) -> ResponseCacheMiddleware:
    return ResponseCacheMiddleware(app, {b"accept": bytes}, max_bytes)


def test_second_request_is_answered_from_the_cache() -> None:
    app = FakeApp()
    cached = cache(app)
    first, second = fetch(cached), fetch(cached)
    assert first.messages == second.messages
    assert first.headers[b"vary"] == b"accept"
    assert len(app.scopes) == 1


@pytest.mark.parametrize(
    "changes",
    [{"path": "/other"}, {"path": "/?a=1"}, {"headers": [(b"accept", b"text/csv")]}, {"build_id": "build-2"}],
    ids=["path", "query", "header", "snapshot"],
)
def test_different_request_is_not_answered_from_the_cache(changes: dict[str, Any]) -> None:
    app = FakeApp()
    cached = cache(app)
    fetch(cached)
    fetch(cached, **changes)
    assert len(app.scopes) == 2


def test_first_of_repeated_headers_selects_the_response() -> None:
    app = FakeApp()
    cached = cache(app)
    fetch(cached, headers=[(b"accept", b"a"), (b"accept", b"b")])
    fetch(cached, headers=[(b"accept", b"a"), (b"accept", b"c")])
    fetch(cached, headers=[(b"accept", b"b")])
    assert len(app.scopes) == 2


@pytest.mark.parametrize(
    ("app", "options"),
    [
        pytest.param(FakeApp(status=404), {}, id="error"),
        pytest.param(FakeApp(headers=[(b"cache-control", b"no-store")]), {}, id="own Cache-Control"),
        pytest.param(FakeApp([b"a", b"b"]), {}, id="stream"),
        pytest.param(FakeApp([b""]), {}, id="no body"),
        pytest.param(FakeApp([b"x" * (MAX_BODY_BYTES + 1)]), {}, id="large body"),
        pytest.param(FakeApp(), {"path": "/" + "x" * MAX_KEY_BYTES}, id="long path"),
        pytest.param(FakeApp(), {"method": "POST"}, id="POST"),
    ],
)
def test_response_is_not_cached(app: FakeApp, options: dict[str, Any]) -> None:
    cached = cache(app)
    assert fetch(cached, **options).messages == fetch(cached, **options).messages
    assert len(app.scopes) == 2


def test_least_recently_used_response_is_evicted() -> None:
    app = FakeApp([b"x" * MAX_BODY_BYTES], headers=[(b"link", b"x" * MAX_BODY_BYTES)])
    cached = cache(app, max_bytes=5 * MAX_BODY_BYTES)
    for path in ("/1", "/2", "/3", "/3", "/2", "/1"):
        fetch(cached, path=path)
    assert [scope["path"] for scope in app.scopes] == ["/1", "/2", "/3", "/1"]


def test_response_larger_than_the_cache_is_not_cached() -> None:
    app = FakeApp()
    cached = cache(app, max_bytes=response_cache.ENTRY_OVERHEAD_BYTES)
    fetch(cached)
    fetch(cached)
    assert len(app.scopes) == 2


def test_concurrent_requests_wait_for_the_first_one() -> None:
    class SlowApp(FakeApp):
        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            await asyncio.sleep(0.01)
            await FakeApp.__call__(self, scope, receive, send)

    async def fetch_together(app: SlowApp) -> list[FakeResponse]:
        cached = cache(app)
        return await asyncio.gather(*(request(cached) for _ in range(5)))

    app = SlowApp()
    assert {response.body for response in run(fetch_together(app))} == {b"hello"}
    assert len(app.scopes) == 1
    uncacheable = SlowApp(status=404)
    assert {response.status for response in run(fetch_together(uncacheable))} == {404}
    assert len(uncacheable.scopes) == 5


def test_failure_releases_the_waiting_requests() -> None:
    async def fetch_together() -> list[Any]:
        cached = cache(app)
        results = await asyncio.gather(*(request(cached) for _ in range(3)), return_exceptions=True)
        assert not cached._pending
        return results

    app = FailingApp()
    assert all(isinstance(result, OSError) for result in run(fetch_together()))
    assert len(app.scopes) == 3
