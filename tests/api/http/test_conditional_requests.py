"""Conditional requests."""

import pytest

from api.http.conditional_requests import ConditionalRequestsMiddleware, etag_matches
from tests.api.http.asgi import FakeApp, fetch


@pytest.mark.parametrize(
    ("header", "is_match"),
    [("", False), ('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"b"', False), ("a", False)],
)
def test_etag_matches_by_weak_comparison(header: str, is_match: bool) -> None:
    assert etag_matches(header, '"a"') is is_match


def test_matching_condition_discards_the_body_of_the_application() -> None:
    app = FakeApp([b"hel", b"lo"])
    response = fetch(ConditionalRequestsMiddleware(app), headers=[(b"if-none-match", b"*")])
    assert (response.status, response.body) == (304, b"")
    assert set(response.headers) == {b"etag", b"cache-control"}
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
    response = fetch(ConditionalRequestsMiddleware(app), method, headers=[(b"if-none-match", b"*")])
    assert (response.status, response.body) == (app.status, b"hello")
    assert b"etag" not in response.headers


def test_304_of_the_application_gets_the_etag() -> None:
    response = fetch(ConditionalRequestsMiddleware(FakeApp([b""], status=304)))
    assert response.headers[b"etag"] == b'W/"build-1"'
