"""HEAD requests and conditional requests."""

import pytest

from api.http.bodiless_responses import BodilessResponsesMiddleware, etag_matches
from tests.api.http.asgi import FakeApp, fetch

ANY_ETAG = [(b"if-none-match", b"*")]


@pytest.mark.parametrize(
    ("header", "is_match"),
    [(b"", False), (b'"a"', True), (b'W/"a"', True), (b'"b", "a"', True), (b"*", True), (b'"b"', False), (b"a", False)],
)
def test_etag_matches_by_weak_comparison(header: bytes, is_match: bool) -> None:
    assert etag_matches(header, '"a"') is is_match


def test_head_is_handled_as_get_without_the_body() -> None:
    app = FakeApp([b"hel", b"lo"])
    response = fetch(BodilessResponsesMiddleware(app), "HEAD")
    assert (response.status, response.body, app.scopes[0]["method"]) == (200, b"", "GET")
    assert response.headers == fetch(BodilessResponsesMiddleware(app)).headers
    assert [context and context.is_body_discarded for context in app.contexts] == [True, False]


def test_head_is_allowed_where_get_is() -> None:
    app = FakeApp(headers=[(b"allow", b"GET, OPTIONS")])
    assert fetch(BodilessResponsesMiddleware(app), "OPTIONS").headers[b"allow"] == b"GET, OPTIONS, HEAD"


def test_matching_condition_discards_the_body_of_the_application() -> None:
    app = FakeApp([b"hel", b"lo"])
    response = fetch(BodilessResponsesMiddleware(app), headers=ANY_ETAG)
    assert (response.status, response.body) == (304, b"")
    assert response.headers == {b"etag": b'W/"build-1"', b"cache-control": b"public, no-cache"}
    assert app.contexts[0] is not None
    assert app.contexts[0].is_body_discarded


@pytest.mark.parametrize(
    ("app", "method"),
    [
        pytest.param(FakeApp(status=404), "GET", id="error"),
        pytest.param(FakeApp(headers=[(b"cache-control", b"no-store")]), "GET", id="own Cache-Control"),
        pytest.param(FakeApp(), "POST", id="POST"),
    ],
)
def test_other_responses_have_no_etag(app: FakeApp, method: str) -> None:
    response = fetch(BodilessResponsesMiddleware(app), method, headers=ANY_ETAG)
    assert (response.status, response.body) == (app.status, b"hello")
    assert b"etag" not in response.headers


def test_304_of_the_application_gets_the_etag() -> None:
    response = fetch(BodilessResponsesMiddleware(FakeApp([b""], status=304)))
    assert response.headers[b"etag"] == b'W/"build-1"'
