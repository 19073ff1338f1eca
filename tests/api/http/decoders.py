"""Decoders of the content encodings."""

import sys
import zlib
from collections.abc import Callable

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def decoder(encoding: str) -> Callable[[bytes], bytes]:
    """Return a function that decodes a body piece by piece."""
    if encoding == "gzip":
        return zlib.decompressobj(31).decompress
    return brotli.Decompressor().process if encoding == "br" else zstd.ZstdDecompressor().decompress
