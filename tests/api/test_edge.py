"""What surrounds every answer: HEAD, 304, codings, kept answers, suffixes, and nothing left open behind it."""

import sys
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import brotli
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from api.app import create_app
from api.db.queries import Queries
from api.http.encodings import CODERS, coding_accepted
from api.http.response_cache import KEPT_BYTES, LARGEST_KEPT, LONGEST_KEPT, KeptAnswer, KeptAnswers
from warehouse.settings import Settings

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Client = TestClient[Litestar]
LONG = "/v1/movies?limit=16"
GOOD = (
    LONG,
    "/v1/movies.csv",
    "/v1/movies.ndjson",
    "/v1/movies.parquet",
    "/v1/movies.arrow",
    "/v1/facets",
    "/v1/movies/2",
)
AT_ONCE = 6
UNKEPT = ("/", "/health/ready")
BAD = ("/nowhere", "/v1/movies?limit=0", "/v1/movies/99")


def decoder(coding: str) -> Callable[[bytes], bytes]:
    """What decodes a body piece by piece."""
    if coding == "gzip":
        return zlib.decompressobj(31).decompress
    return brotli.Decompressor().process if coding == "br" else zstd.ZstdDecompressor().decompress


@pytest.mark.parametrize("path", [*GOOD, *UNKEPT, *BAD])
def test_head_is_get_without_a_body(client: Client, path: str) -> None:
    headers = {"Accept-Encoding": "identity", "X-Request-ID": "same"}
    for _ in range(2):  # the second may be a kept answer
        head, get = client.head(path, headers=headers), client.get(path, headers=headers)
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize("path", GOOD)
def test_who_holds_an_answer_gets_no_other(client: Client, path: str) -> None:
    good = client.get(path)
    assert good.headers["etag"] == 'W/"build-1"'
    assert good.headers["cache-control"] == "public, no-cache"
    for method in (client.get, client.head):
        held = method(path, headers={"If-None-Match": good.headers["etag"]})
        assert (held.status_code, held.content) == (304, b"")
        for name in ("etag", "cache-control", "vary", "filmoteca-build"):
            assert held.headers[name] == good.headers[name]


@pytest.mark.parametrize("path", [*UNKEPT, *BAD])
def test_what_may_not_be_kept_has_no_tag(client: Client, path: str) -> None:
    response = client.get(path, headers={"If-None-Match": "*"})
    assert response.status_code != 304
    assert "etag" not in response.headers
    assert (response.headers["filmoteca-build"], response.headers["vary"]) == ("build-1", "accept, accept-encoding")


@pytest.mark.parametrize("coding", CODERS)
@pytest.mark.parametrize("path", GOOD)
def test_a_coded_body_is_the_plain_one(client: Client, path: str, coding: str) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    with client.stream("GET", path, headers={"Accept-Encoding": coding}) as coded:
        body = b"".join(coded.iter_raw())
    is_coded = "parquet" not in path and (len(plain.content) >= 860 or "." in path)
    assert coded.headers.get("content-encoding") == (coding if is_coded else None)
    assert (decoder(coding)(body) if is_coded else body) == plain.content


@pytest.mark.parametrize("coding", CODERS)
def test_every_piece_can_be_read_when_it_arrives(coding: str) -> None:
    coder, decode = CODERS[coding](), decoder(coding)
    for piece in (b"first,line\n" * 100, b"x", b"second,line\n" * 1000):
        assert decode(coder.code(piece)) == piece
    assert decode(coder.finish()) == b""


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("gzip, br, zstd", "zstd"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("br;q=0, *;q=0.1", "zstd"),
        ("identity;q=0", None),
        ("identity;q=0, gzip;q=0.1", "gzip"),
        ("identity, gzip;q=0.5", None),
        ("deflate, compress", None),
        ("gzip;q=much", None),
        ("*", "zstd"),
        (" GZIP ; q=1 ", "gzip"),
    ],
)
def test_the_coding_that_is_liked_best(header: str, coding: str | None) -> None:
    assert coding_accepted(header) == coding


def test_a_kept_answer_asks_nothing_and_mixes_with_no_other(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    cursor = Queries.cursor

    def counting(self: Queries, name: str, *rest: Any) -> Any:
        asked.append(name)
        return cursor(self, name, *rest)

    with TestClient(create_app(settings)) as client:
        monkeypatch.setattr(Queries, "cursor", counting)
        answers = [client.get(LONG, headers={"Accept-Encoding": "br"}) for _ in range(3)]
        assert asked == ["list_movies"] * 2, "which films, and what is known of them"
        assert len({answer.content for answer in answers}) == 1
        assert client.get(LONG, headers={"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"
        assert client.get(LONG, headers={"Accept": "text/csv"}).headers["content-type"].startswith("text/csv")
        assert client.get(LONG, headers={"Accept-Encoding": "br"}).headers["content-encoding"] == "br"
        assert asked == ["list_movies"] * 5
        assert client.post(LONG).status_code == 405


@pytest.mark.parametrize(
    ("path", "times", "status"), [(LONG, 2, 200), ("/v1/movies/99", AT_ONCE, 404), ("/v1/movies.csv", AT_ONCE, 200)]
)
def test_what_many_ask_at_once_is_made_once_if_it_is_kept(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, path: str, times: int, status: int
) -> None:
    asked: list[str] = []
    cursor = Queries.cursor

    def slow(self: Queries, name: str, *rest: Any) -> Any:
        asked.append(name)
        time.sleep(0.5)  # until the others have asked as well
        return cursor(self, name, *rest)

    with TestClient(create_app(settings)) as client, ThreadPoolExecutor(AT_ONCE) as pool:
        monkeypatch.setattr(Queries, "cursor", slow)
        answers = list(pool.map(client.get, [path] * AT_ONCE))
    assert {answer.status_code for answer in answers} == {status}
    assert len({answer.json()["detail"] if status == 404 else answer.content for answer in answers}) == 1
    assert len(asked) == times


def test_what_is_kept_is_bounded() -> None:
    kept = KeptAnswers()
    body = b"x" * LARGEST_KEPT
    most = KEPT_BYTES // LARGEST_KEPT
    for number in range(2 * most):
        kept.keep((str(number),), KeptAnswer([], body, "x"))
    held = [number for number in range(2 * most) if kept.get((str(number),))]
    assert len(held) <= most
    assert held[-1] == 2 * most - 1
    kept.keep(("large",), KeptAnswer([], body + b"x", "x"))
    assert kept.get(("large",)) is None


def test_what_is_kept_is_bounded_with_its_questions_and_headers() -> None:
    kept = KeptAnswers()
    kept.keep((b"q" * (LONGEST_KEPT + 1),), KeptAnswer([], b"", "x"))
    assert kept.get((b"q" * (LONGEST_KEPT + 1),)) is None
    header = (b"link", b"x" * 2**20)
    for number in range(64):
        kept.keep((str(number),), KeptAnswer([header], b"", "x"))
    assert sum(kept.get((str(number),)) is not None for number in range(64)) * 2**20 < KEPT_BYTES


def test_a_suffix_is_one_of_v1_and_of_a_format_that_there_is(client: Client) -> None:
    assert client.get("/v1/movies.csv").headers["content-type"].startswith("text/csv")
    assert client.get("/v1/movies.json").json() == client.get("/v1/movies").json()
    for path in ("/v1/movies.xml", "/v1/movies.CSV", "/v1.json", "/health/live.json"):
        assert client.get(path).status_code == 404
    assert client.get("/v1/movies/2.csv").status_code == 406


def test_a_broken_off_stream_leaves_nothing_open(settings: Settings) -> None:
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
            raise OSError("whoever asked is gone")

    async def ask() -> None:
        with suppress(OSError):
            await app(scope, receive, send)  # type: ignore[arg-type]

    with TestClient(app) as client:
        with client.portal() as portal:  # the app's own loop; a browser's would be in the way of another in this thread
            portal.call(ask)
        snapshots = app.dependencies["snapshots"].dependency()  # type: ignore[union-attr]
        assert set(snapshots._pin_counts.values()) == {0}
        assert client.get("/v1/movies.csv").status_code == 200
