"""Request paths."""

import pytest

from api.http.request_paths import RequestPathMiddleware
from tests.api.http.asgi import FakeApp, fetch


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
    fetch(RequestPathMiddleware(app, "/v1/", ["json", "csv"]), path=path)
    assert app.scopes[0]["path"] == routed
    assert not app.scopes[0]["raw_path"].startswith(b"//")
    assert app.contexts[0] is not None
    assert app.contexts[0].format == format_
