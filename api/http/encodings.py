"""Content codings: which one a request accepts, and bodies coded whole or as they come."""

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

# Ours first where the request likes several as much: the quickest that is small.
PREFERRED = ("zstd", "br", "gzip")
SMALLEST_BODY = 860
"""Bytes below which coding gains nothing: such an answer fits into one packet anyway."""

_GZIP_WINDOW = 31  # zlib's way to say: a gzip header, and the largest window
_GZIP_LEVEL, _BROTLI_QUALITY, _ZSTD_LEVEL = 4, 4, 3


class Coder(Protocol):
    """Codes a body piece by piece."""

    def code(self, piece: bytes) -> bytes:
        """The piece coded, so that whoever gets it can read all of it at once."""

    def finish(self) -> bytes:
        """What ends the body."""


class _Gzip:
    def __init__(self) -> None:
        self._compressor = zlib.compressobj(_GZIP_LEVEL, wbits=_GZIP_WINDOW)

    def code(self, piece: bytes) -> bytes:
        return self._compressor.compress(piece) + self._compressor.flush(zlib.Z_SYNC_FLUSH)

    def finish(self) -> bytes:
        return self._compressor.flush()


class _Brotli:
    def __init__(self) -> None:
        self._compressor = brotli.Compressor(quality=_BROTLI_QUALITY)

    def code(self, piece: bytes) -> bytes:
        return bytes(self._compressor.process(piece) + self._compressor.flush())

    def finish(self) -> bytes:
        return bytes(self._compressor.finish())


class _Zstd:
    def __init__(self) -> None:
        self._compressor = zstd.ZstdCompressor(_ZSTD_LEVEL)

    def code(self, piece: bytes) -> bytes:
        return self._compressor.compress(piece, zstd.ZstdCompressor.FLUSH_BLOCK)

    def finish(self) -> bytes:
        return self._compressor.flush()


CODERS: dict[str, Callable[[], Coder]] = {"gzip": _Gzip, "br": _Brotli, "zstd": _Zstd}


@lru_cache(maxsize=64)
def coding_accepted(header: str) -> str | None:
    """The coding to use for an Accept-Encoding header (RFC 9110, 12.5.3); None to send the body as it is."""
    weights = dict(_weight(part) for part in header.lower().split(",") if part.strip())
    weight, chosen = max(
        ((weights.get(coding, weights.get("*", 0.0)), coding) for coding in reversed(PREFERRED)),
        key=lambda pair: pair[0] + PREFERRED[::-1].index(pair[1]) * 1e-6,
    )
    return chosen if weight > 0 and weight >= weights.get("identity", 0.0) else None


def _weight(part: str) -> tuple[str, float]:
    coding, _, parameter = part.partition(";")
    name, _, value = parameter.partition("=")
    try:
        return coding.strip(), float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return coding.strip(), 0.0
