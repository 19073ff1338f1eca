"""Who is answered at all: requests by the service's own names, and not too many from one address."""

import ipaddress
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from math import ceil
from urllib.parse import urlsplit

from cachetools import LRUCache

MOST_ADDRESSES = 50_000
"""Addresses that are remembered; 10 MB. Who floods from more than that is let through by turns."""
MINUTE = 60.0
_HOST = re.compile(r"(\[[\w:.]+\]|[\w.~!$&'()*+,;=%-]*)(:\d*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered."""

    status: HTTPStatus
    detail: str = ""
    """In words; empty for what is always said of the status."""
    headers: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(slots=True)
class Gate:
    """Lets requests in or not; of one worker process, which counts by itself."""

    hosts: tuple[str, ...] = ()
    """Names by which the service may be asked, without a port; `*.` in front stands for any name below; empty: all."""
    per_minute: int = 0
    """Requests that an address may make in a minute, all at once if it likes; 0: any number."""
    _full_at: LRUCache[str, float] = field(default_factory=lambda: LRUCache(MOST_ADDRESSES))
    """When an address will have its whole allowance again (the generic cell rate algorithm), by the monotonic clock."""

    def refusal(self, path: str, hosts: Sequence[bytes], client: str) -> Refusal | None:
        """Why a request with these Host headers is not answered; None if it is.

        Whoever looks after the service always may ask its health.
        """
        host = hosts[0].decode("latin-1") if hosts else ""
        if len(hosts) > 1 or not _is_host(host):
            return Refusal(HTTPStatus.BAD_REQUEST, "One header Host is wanted: a name or an address, and its port.")
        if path.startswith("/health/"):
            return None
        if self.hosts and not self._is_ours(host):
            return Refusal(
                HTTPStatus.MISDIRECTED_REQUEST,
                "This service is not called that; FILMOTECA_TRUSTED_HOSTS says what it is called.",
            )
        if self.per_minute and (wait := ceil(self._wait(_network(client)))):
            detail = f"Your address asks more than {self.per_minute} times a minute; try again in {wait} s."
            return Refusal(HTTPStatus.TOO_MANY_REQUESTS, detail, ((b"retry-after", str(wait).encode()),))
        return None

    def _is_ours(self, host: str) -> bool:
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
        name = name.lower().rstrip(".")
        return any(name == one or (one.startswith("*.") and name.endswith(one[1:])) for one in self.hosts)

    def _wait(self, network: str) -> float:
        """Seconds until one more request would be let in; 0 lets it in."""
        now = time.monotonic()
        full_at = max(self._full_at.get(network, now), now) + MINUTE / self.per_minute
        if (wait := full_at - now - MINUTE) > 0:
            return wait
        self._full_at[network] = full_at
        return 0


@lru_cache(maxsize=1024)
def _is_host(host: str) -> bool:
    """Whether it is a host and its port as RFC 3986 has them; if not, RFC 9112, section 3.2, wants a 400."""
    try:
        urlsplit(f"//{host}").port  # noqa: B018 - a port or an address in brackets that cannot be raises ValueError
    except ValueError:
        return False
    return _HOST.fullmatch(host) is not None


@lru_cache(maxsize=4096)
def _network(client: str) -> str:
    """Whom an address belongs to: itself, or of IPv6 the 64 bits that a household has to itself."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    return client if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))
