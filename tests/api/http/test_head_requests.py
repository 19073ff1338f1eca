"""HEAD requests."""

from api.http.head_requests import HeadRequestsMiddleware
from tests.api.http.asgi import FakeApp, fetch


def test_head_is_handled_as_get_without_the_body() -> None:
    app = FakeApp([b"hel", b"lo"], headers=[(b"content-length", b"5")])
    response = fetch(HeadRequestsMiddleware(app), "HEAD")
    assert (response.status, response.headers, response.body) == (200, {b"content-length": b"5"}, b"")
    assert app.scopes[0]["method"] == "GET"
    assert app.contexts[0] is not None
    assert app.contexts[0].is_body_discarded


def test_get_passes_unchanged() -> None:
    app = FakeApp()
    assert fetch(HeadRequestsMiddleware(app)).body == b"hello"
    assert app.contexts[0] is not None
    assert not app.contexts[0].is_body_discarded


def test_allow_header_lists_head_beside_get() -> None:
    for allowed, expected in ((b"GET, OPTIONS", b"GET, OPTIONS, HEAD"), (b"POST", b"POST")):
        app = FakeApp(status=405, headers=[(b"allow", allowed)])
        assert fetch(HeadRequestsMiddleware(app), "DELETE").headers[b"allow"] == expected
