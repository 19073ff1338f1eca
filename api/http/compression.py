"""Response compression."""

from collections.abc import Collection
from typing import Any

from litestar.concurrency import sync_to_thread
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from api.http.content_encoding import ENCODERS, Encoder, negotiate_encoding
from api.http.context import request_context

MINIMUM_BYTES = 860
"""Smaller bodies fit into one packet anyway."""
THREAD_BYTES = 128 * 2**10
"""Larger pieces are compressed in a thread, because they would block the event loop for milliseconds."""


class CompressionMiddleware:
    """Compresses responses with the best encoding that the client accepts; streams piece by piece."""

    def __init__(self, app: ASGIApp, compressed_types: Collection[bytes] = ()) -> None:
        """Initialize the middleware.

        Args:
            app: The next application.
            compressed_types: Media types that are compressed already.
        """
        self._app = app
        self._compressed_types = compressed_types

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        accept = request_context.get().headers.get(b"accept-encoding", b"") if scope["type"] == ScopeType.HTTP else b""
        if (encoding := negotiate_encoding(accept)) is None:
            await self._app(scope, receive, send)
            return
        start: dict[str, Any] | None = None
        encoder: Encoder | None = None

        async def send_compressed(message: Message) -> None:
            nonlocal start, encoder
            if message["type"] == "http.response.start":
                start = dict(message)  # held back until the first piece tells whether the body is long enough
                return
            if message["type"] == "http.response.body":
                piece, more_body = message["body"], message["more_body"]
                if start and (more_body or len(piece) >= MINIMUM_BYTES) and self._is_compressible(start):
                    encoder = ENCODERS[encoding]()
                if encoder:
                    message["body"] = piece = await _encode(encoder, piece, is_last=not more_body)
                if start:
                    length = None if more_body else len(piece)
                    await send(_encoded_start(start, encoding, length) if encoder else start)  # type: ignore[arg-type]
                    start = None
            await send(message)

        await self._app(scope, receive, send_compressed)

    def _is_compressible(self, start: dict[str, Any]) -> bool:
        headers = dict(start["headers"])
        media_type = headers.get(b"content-type", b"").partition(b";")[0]
        return b"content-encoding" not in headers and media_type not in self._compressed_types


def _encoded_start(start: dict[str, Any], encoding: str, length: int | None) -> dict[str, Any]:
    headers = [header for header in start["headers"] if header[0] != b"content-length"]
    headers.append((b"content-encoding", encoding.encode()))
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    return {**start, "headers": headers}


async def _encode(encoder: Encoder, piece: bytes, *, is_last: bool) -> bytes:
    def encode() -> bytes:
        return (encoder.encode(piece) if piece else b"") + (encoder.finish() if is_last else b"")

    return await sync_to_thread(encode) if len(piece) > THREAD_BYTES else encode()
