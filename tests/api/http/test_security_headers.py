"""Security headers."""

from api.http.security_headers import SecurityHeadersMiddleware
from tests.api.http.asgi import FakeApp, fetch


def test_missing_headers_are_added() -> None:
    app = FakeApp(headers=[(b"a", b"of the application")])
    response = fetch(SecurityHeadersMiddleware(app, [(b"a", b"default"), (b"b", b"default")]))
    assert response.messages[0]["headers"] == [(b"a", b"of the application"), (b"b", b"default")]
    assert response.body == b"hello"
