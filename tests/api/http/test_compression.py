import pytest

from api.http.compression import MINIMUM_BYTES, THREAD_BYTES, CompressionMiddleware
from api.http.content_encoding import ENCODERS, negotiate_encoding
from tests.api.http.asgi import FakeApp, decoder, fetch

GZIP = [(b"accept-encoding", b"gzip")]
LONG = b"film" * MINIMUM_BYTES


@pytest.mark.parametrize("body", [LONG, b"film" * THREAD_BYTES])
def test_long_body_is_compressed_with_its_new_length(body: bytes) -> None:
    app = FakeApp([body], headers=[(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())])
    response = fetch(CompressionMiddleware(app), headers=GZIP)
    assert response.headers[b"content-encoding"] == b"gzip"
    assert response.headers[b"content-length"] == str(len(response.body)).encode()
    assert decoder("gzip")(response.body) == body


@pytest.mark.parametrize(
    ("app", "headers"),
    [
        pytest.param(FakeApp([b"x" * (MINIMUM_BYTES - 1)]), GZIP, id="short body"),
        pytest.param(FakeApp([LONG]), [], id="no encoding accepted"),
        pytest.param(FakeApp([LONG], headers=[(b"content-encoding", b"br")]), GZIP, id="encoded by the application"),
        pytest.param(FakeApp([LONG], headers=[(b"content-type", b"image/png; x=1")]), GZIP, id="compressed media type"),
        pytest.param(FakeApp([b""], status=304), GZIP, id="no body"),
    ],
)
def test_response_passes_unchanged(app: FakeApp, headers: list[tuple[bytes, bytes]]) -> None:
    response = fetch(CompressionMiddleware(app, compressed_types=[b"image/png"]), headers=headers)
    assert response.headers == dict(app.headers)
    assert response.pieces == [*app.pieces]


@pytest.mark.parametrize("encoding", ENCODERS)
def test_stream_is_compressed_piece_by_piece(encoding: str) -> None:
    pieces = [b"first,line\n" * 100, b"x", b"second,line\n" * 1000, b""]
    response = fetch(CompressionMiddleware(FakeApp(pieces)), headers=[(b"accept-encoding", encoding.encode())])
    decode = decoder(encoding)
    assert [decode(piece) for piece in response.pieces] == pieces
    assert b"content-length" not in response.headers


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        (b"", None),
        (b"gzip", "gzip"),
        (b"gzip, br, zstd", "zstd"),
        (b"gzip;q=1, br;q=0.5", "gzip"),
        (b"br;q=0, *;q=0.1", "zstd"),
        (b"identity;q=0", None),
        (b"identity;q=0, gzip;q=0.1", "gzip"),
        (b"identity, gzip;q=0.5", None),
        (b"deflate, compress", None),
        (b"gzip;q=much", None),
        (b"*", "zstd"),
        (b" GZIP ; q=1 ", "gzip"),
        (b"\xff", None),
    ],
)
def test_negotiation_follows_the_weights_of_the_client(header: bytes, encoding: str | None) -> None:
    assert negotiate_encoding(header) == encoding
