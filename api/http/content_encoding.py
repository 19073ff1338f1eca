"""Content encodings: negotiation, and encoders that flush after each piece."""

import sys
import zlib
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PREFERENCE = ("zstd", "br", "gzip")
"""Server preference among encodings that the client accepts equally: fastest first."""

_GZIP_WBITS = 31  # zlib's parameter for a gzip header and the largest window
_GZIP_LEVEL, _BROTLI_QUALITY, _ZSTD_LEVEL = 4, 4, 3


class Encoder(Protocol):
    """A streaming compressor."""

    def encode(self, piece: bytes) -> bytes:
        """Compress a piece and flush, so that the client can decode all of it at once."""

    def finish(self) -> bytes:
        """Return the end of the stream."""


class _GzipEncoder:
    def __init__(self) -> None:
        self._compressor = zlib.compressobj(_GZIP_LEVEL, wbits=_GZIP_WBITS)

    def encode(self, piece: bytes) -> bytes:
        return self._compressor.compress(piece) + self._compressor.flush(zlib.Z_SYNC_FLUSH)

    def finish(self) -> bytes:
        return self._compressor.flush()


class _BrotliEncoder:
    def __init__(self) -> None:
        self._compressor = brotli.Compressor(quality=_BROTLI_QUALITY)

    def encode(self, piece: bytes) -> bytes:
        return bytes(self._compressor.process(piece) + self._compressor.flush())

    def finish(self) -> bytes:
        return bytes(self._compressor.finish())


class _ZstdEncoder:
    def __init__(self) -> None:
        self._compressor = zstd.ZstdCompressor(_ZSTD_LEVEL)

    def encode(self, piece: bytes) -> bytes:
        return self._compressor.compress(piece, zstd.ZstdCompressor.FLUSH_BLOCK)

    def finish(self) -> bytes:
        return self._compressor.flush()


ENCODERS: dict[str, Callable[[], Encoder]] = {"gzip": _GzipEncoder, "br": _BrotliEncoder, "zstd": _ZstdEncoder}


@lru_cache(maxsize=64)
def negotiate_encoding(accept_encoding: bytes) -> str | None:
    """Return the encoding to use for an Accept-Encoding header (RFC 9110, 12.5.3); None for identity."""
    header = accept_encoding.decode("latin-1").lower()
    weights = dict(_parse_weight(part) for part in header.split(",") if part.strip())
    wildcard = weights.get("*", 0.0)
    best = max(PREFERENCE, key=lambda encoding: weights.get(encoding, wildcard))  # max() keeps the first of equals
    weight = weights.get(best, wildcard)
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else None


def _parse_weight(part: str) -> tuple[str, float]:
    encoding, _, parameter = part.partition(";")
    name, _, value = parameter.partition("=")
    try:
        return encoding.strip(), float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return encoding.strip(), 0.0
