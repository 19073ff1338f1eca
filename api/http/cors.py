"""Cross-origin resource sharing."""

from collections.abc import Sequence

from litestar.config.cors import CORSConfig


def create_cors_config(origins: Sequence[str]) -> CORSConfig | None:
    """Return the CORS configuration for the pages of these origins, or None if there are none."""
    if not origins:
        return None
    return CORSConfig(
        allow_origins=list(origins),
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["Content-Type", "If-None-Match", "X-Request-ID"],
        expose_headers=["ETag", "Link", "Filmoteca-Build", "Filmoteca-Truncated", "Retry-After", "X-Request-ID"],
    )
