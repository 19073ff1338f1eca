"""Host check: protects against malformed Host headers and DNS rebinding."""

import re
from collections.abc import Sequence
from functools import lru_cache
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from api.http.problems import send_problem

_HOST = re.compile(r"(\[[\w:.]+\]|[\w.~!$&'()*+,;=%-]*)(:\d*)?", re.ASCII)


class HostCheckMiddleware:
    """Rejects requests with a malformed Host header (400) or for a host that is not allowed (421)."""

    def __init__(self, app: ASGIApp, allowed_hosts: Sequence[str] = (), exempt_prefix: str = "/health/") -> None:
        """Initialize the middleware.

        Args:
            app: The next application.
            allowed_hosts: Names without a port; `*.example.org` allows every name below example.org. Empty allows all.
            exempt_prefix: Paths that may be requested under any name.
        """
        self._app = app
        self._allowed_hosts = allowed_hosts
        self._exempt_prefix = exempt_prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            hosts = [value for name, value in scope["headers"] if name == b"host"]
            host = hosts[0].decode("latin-1") if hosts else ""
            if len(hosts) > 1 or not _is_well_formed(host):
                detail = "The request must have one Host header: a name or an address, optionally with a port."
                await send_problem(scope, send, HTTPStatus.BAD_REQUEST, detail)
                return
            is_exempt = not self._allowed_hosts or scope["path"].startswith(self._exempt_prefix)
            if not is_exempt and not self._is_allowed(host):
                detail = f"Host {host!r} is not allowed; FILMOTECA_TRUSTED_HOSTS lists the names of this service."
                await send_problem(scope, send, HTTPStatus.MISDIRECTED_REQUEST, detail)
                return
        await self._app(scope, receive, send)

    def _is_allowed(self, host: str) -> bool:
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
        name = name.lower().rstrip(".")
        return any(
            name == allowed or (allowed.startswith("*.") and name.endswith(allowed[1:]))
            for allowed in self._allowed_hosts
        )


@lru_cache(maxsize=1024)
def _is_well_formed(host: str) -> bool:
    """Return whether a Host header follows RFC 3986; RFC 9112, section 3.2, requires a 400 otherwise."""
    try:
        urlsplit(f"//{host}").port  # noqa: B018 - raises ValueError for a bad port or bracketed address
    except ValueError:
        return False
    return _HOST.fullmatch(host) is not None


def is_local_host(host: str) -> bool:
    """Return whether a host is `localhost` or a loopback address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
