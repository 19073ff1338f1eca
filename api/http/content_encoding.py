"""Content encodings: negotiation, and encoders that flush after each piece."""

import sys
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_GZIP_WBITS = 31  # zlib's parameter for a gzip header and the largest window
_GZIP_LEVEL, _BROTLI_QUALITY, _ZSTD_LEVEL = 4, 4, 3


class Encoder(NamedTuple):
    """A streaming compressor."""

    encode: Callable[[bytes], bytes]
    """Compresses a piece and flushes, so that the client can decode all of it at once."""
    finish: Callable[[], bytes]
    """Returns the end of the stream."""


def _create_gzip_encoder() -> Encoder:
    compressor = zlib.compressobj(_GZIP_LEVEL, wbits=_GZIP_WBITS)
    return Encoder(lambda piece: compressor.compress(piece) + compressor.flush(zlib.Z_SYNC_FLUSH), compressor.flush)


def _create_brotli_encoder() -> Encoder:
    compressor = brotli.Compressor(quality=_BROTLI_QUALITY)
    return Encoder(lambda piece: compressor.process(piece) + compressor.flush(), compressor.finish)


def _create_zstd_encoder() -> Encoder:
    compressor = zstd.ZstdCompressor(_ZSTD_LEVEL)
    return Encoder(lambda piece: compressor.compress(piece, compressor.FLUSH_BLOCK), compressor.flush)


ENCODERS = {"zstd": _create_zstd_encoder, "br": _create_brotli_encoder, "gzip": _create_gzip_encoder}
"""By name, in the order of server preference among encodings that the client accepts equally: fastest first."""


@lru_cache(maxsize=64)
def negotiate_encoding(accept_encoding: bytes) -> str | None:
    """Return the encoding to use for an Accept-Encoding header (RFC 9110, 12.5.3); None for identity."""
    header = accept_encoding.decode("latin-1").lower()
    weights = dict(_parse_weight(part) for part in header.split(",") if part.strip())
    wildcard = weights.get("*", 0.0)
    best = max(ENCODERS, key=lambda encoding: weights.get(encoding, wildcard))  # max() keeps the first of equals
    weight = weights.get(best, wildcard)
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else None


def _parse_weight(part: str) -> tuple[str, float]:
    encoding, _, parameter = part.partition(";")
    name, _, value = parameter.partition("=")
    try:
        return encoding.strip(), float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return encoding.strip(), 0.0
