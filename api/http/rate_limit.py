"""Rate limit per client address."""

import ipaddress
import time
from functools import lru_cache
from http import HTTPStatus
from math import ceil

from cachetools import LRUCache
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from api.http.problems import send_problem

MAX_CLIENTS = 50_000
"""Number of clients to remember, in about 10 MB; the least recent ones start over."""
WINDOW_SECONDS = 60.0


class RateLimitMiddleware:
    """Limits the requests per minute of each client with the generic cell rate algorithm; counts per process.

    A client is an IPv4 address or the /64 network of an IPv6 address.
    """

    def __init__(self, app: ASGIApp, per_minute: int, exempt_prefix: str = "/health/") -> None:
        """Initialize the middleware.

        Args:
            app: The next application.
            per_minute: Requests of a client in a minute; they may come in one burst.
            exempt_prefix: Paths that are not counted.
        """
        self._app = app
        self._per_minute = per_minute
        self._exempt_prefix = exempt_prefix
        self._full_at: LRUCache[str, float] = LRUCache(MAX_CLIENTS)
        """When each client has its whole allowance again, in monotonic seconds."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and not scope["path"].startswith(self._exempt_prefix):
            client = scope["client"]
            if wait := ceil(self._take(_client_network(client[0] if client else ""))):
                detail = f"At most {self._per_minute} requests per minute are allowed; try again in {wait} s."
                retry_after = (b"retry-after", str(wait).encode())
                await send_problem(scope, send, HTTPStatus.TOO_MANY_REQUESTS, detail, retry_after)
                return
        await self._app(scope, receive, send)

    def _take(self, client: str) -> float:
        """Count a request and return 0, or return the seconds until one is allowed."""
        now = time.monotonic()
        full_at = max(self._full_at.get(client, now), now) + WINDOW_SECONDS / self._per_minute
        if (wait := full_at - now - WINDOW_SECONDS) > 0:
            return wait
        self._full_at[client] = full_at
        return 0


@lru_cache(maxsize=4096)
def _client_network(address: str) -> str:
    """Return an IPv4 address as it is, and the /64 network of an IPv6 address: a household has one."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))
