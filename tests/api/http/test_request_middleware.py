import logging
import re
from types import SimpleNamespace
from typing import Any

import pytest
from litestar.types import Receive, Scope, Send

from api.http.access_log import ResponseRecord, log_response
from api.http.context import RequestIdFilter, request_context
from api.http.request_middleware import RequestMiddleware
from tests.api.http.asgi import FakeApp, FakeResponse, FakeSnapshot, Headers, make_scope, run

records: list[ResponseRecord] = []


class FakeSource:
    current: Any = SimpleNamespace(snapshot=FakeSnapshot("build-7"))


def fetch(app: Any, path: str = "/", headers: Headers = (), method: str = "GET") -> FakeResponse:
    response = FakeResponse()
    records.clear()

    async def send(message: object) -> None:
        response.messages.append(message)

    middleware = RequestMiddleware(app, FakeSource(), [records.append], formats=["json", "csv"])
    run(middleware(make_scope(method, path, headers, ""), None, send))  # type: ignore[arg-type]
    return response


def test_context_and_response_name_snapshot_and_request() -> None:
    app = FakeApp(headers=[(b"content-security-policy", b"own")])
    headers = [(b"x-request-id", b"from-the-proxy:1"), (b"accept", b"a"), (b"accept", b"b")]
    response = fetch(app, headers=headers)
    assert response.headers == {
        b"content-security-policy": b"own",
        b"filmoteca-build": b"build-7",
        b"x-request-id": b"from-the-proxy:1",
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"same-origin",
    }
    (context,) = app.contexts
    assert context is not None
    assert (context.request_id, context.snapshot.build_id) == ("from-the-proxy:1", "build-7")
    assert context.headers[b"accept"] == b"a", "the first of repeated headers"
    assert request_context.get(None) is None


@pytest.mark.parametrize("request_id", [b"", b"a b", b'"}', b"\x1b[31m", b"x" * 129, b"\xff"])
def test_request_id_unfit_for_a_log_is_replaced_by_a_random_one(request_id: bytes) -> None:
    ids = {fetch(FakeApp(), headers=[(b"x-request-id", request_id)]).headers[b"x-request-id"] for _ in range(3)}
    assert len(ids) == 3
    assert all(re.fullmatch(rb"[0-9a-f]{16}", one) for one in ids)


@pytest.mark.parametrize(
    ("path", "routed", "format_"),
    [
        ("/v1/movies.csv", "/v1/movies", "csv"),
        ("/v1/movies/2.json", "/v1/movies/2", "json"),
        ("/v1/a.csv.json", "/v1/a.csv", "json"),
        ("/v1/movies", "/v1/movies", None),
        ("/v1/movies.xml", "/v1/movies.xml", None),
        ("/v1.json", "/v1.json", None),
        ("/movies.csv", "/movies.csv", None),
        ("///v1/movies.csv", "/v1/movies", "csv"),
    ],
)
def test_suffix_and_slashes_are_taken_off_the_path(path: str, routed: str, format_: str | None) -> None:
    app = FakeApp()
    fetch(app, path)
    assert app.scopes[0]["path"] == routed
    assert not app.scopes[0]["raw_path"].startswith(b"//")
    assert app.contexts[0] is not None
    assert app.contexts[0].format == format_


def test_response_is_reported() -> None:
    fetch(FakeApp(status=404), method="POST")
    (record,) = records
    assert (record.operation, record.method, record.status, record.is_cached) == ("none", "POST", 404, False)
    assert record.seconds > 0


def test_failure_is_reported_with_status_0() -> None:
    async def fail(scope: Scope, receive: Receive, send: Send) -> None:
        raise OSError

    with pytest.raises(OSError):
        fetch(fail)
    assert [record.status for record in records] == [0]
    assert request_context.get(None) is None


def test_etag_depends_on_build_and_url() -> None:
    app = FakeApp()
    for path in ("/v1/movies/1", "/v1/movies/1", "/v1/movies/2", "/v1/movies/1?include=genres", "/v1/movies/1.csv"):
        fetch(app, path)
    etags = [context.etag for context in app.contexts if context]
    assert etags[0] == etags[1]
    assert len({*etags}) == 4
    assert all(re.fullmatch(r'W/"build-7-[0-9a-f]{8}"', etag) for etag in etags)


def test_log_line_names_the_operation(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "filmoteca.access"):
        log_response(ResponseRecord("get_movie", "GET", 200, 0.0123, is_cached=True))
    assert caplog.messages == ["GET get_movie 200 in 12.3 ms"]
    assert caplog.records[0].is_cached  # type: ignore[attr-defined]


def test_log_record_outside_of_a_request_has_no_id() -> None:
    record = logging.makeLogRecord({})
    assert RequestIdFilter().filter(record)
    assert not hasattr(record, "request_id")
