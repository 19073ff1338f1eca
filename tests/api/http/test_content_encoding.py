"""Content encodings."""

import pytest

from api.http.content_encoding import ENCODERS, negotiate_encoding
from tests.api.http.decoders import decoder


@pytest.mark.parametrize("encoding", ENCODERS)
def test_encoder_flushes_after_each_piece(encoding: str) -> None:
    encoder, decode = ENCODERS[encoding](), decoder(encoding)
    for piece in (b"first,line\n" * 100, b"x", b"second,line\n" * 1000):
        assert decode(encoder.encode(piece)) == piece
    assert decode(encoder.finish()) == b""


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
