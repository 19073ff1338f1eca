"""All settings of the API, each with its environment variable, default and accepted values."""

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from api.sandbox.protocol import MAX_ROWS
from warehouse.environment import read_choice, read_int, read_list
from warehouse.errors import FilmotecaError

_ORIGIN = re.compile(r"https?://[^/\s,*]+|\*")
_HOST = re.compile(r"(\*\.)?[0-9a-z]([0-9a-z.-]*[0-9a-z])?|\[[0-9a-f:.]+\]")


def _setting(name: str, default: Any, read: Callable[[Mapping[str, str]], Any]) -> Any:
    return field(default=default, metadata={"name": name, "read": read})


def _integer(name: str, default: int, *, minimum: int = 1, maximum: int) -> Any:
    return _setting(name, default, lambda env: read_int(env, name, default, minimum=minimum, maximum=maximum))


def _choice(name: str, default: str, *others: str) -> Any:
    return _setting(name, default, lambda env: read_choice(env, name, default, *others))


def _switch(name: str, default: bool) -> Any:
    words = ("on", "off") if default else ("off", "on")
    return _setting(name, default, lambda env: read_choice(env, name, *words) == "on")


def _list(name: str, accepted: str, is_valid: Callable[[str], Any], *, lower: bool = False) -> Any:
    def read(environment: Mapping[str, str]) -> tuple[str, ...]:
        items = tuple(item.lower() if lower else item for item in read_list(environment, name))
        if invalid := next((item for item in items if not is_valid(item)), None):
            raise FilmotecaError(f"{name} must list {accepted}; got {invalid!r}")
        return items

    return _setting(name, (), read)


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """The settings of the API. Sizes, rates and numbers of threads are per worker process."""

    threads: int = _integer("FILMOTECA_THREADS", 4, maximum=512)
    """Requests handled at a time. Exports and ad-hoc SQL have threads of their own."""
    memory_mb: int = _integer("FILMOTECA_MEMORY_MB", 256, minimum=64, maximum=65_536)
    """Memory limit of DuckDB, in MB."""
    cache_mb: int = _integer("FILMOTECA_CACHE_MB", 32, maximum=16_384)
    """Size of the response cache, in MB."""
    query_seconds: int = _integer("FILMOTECA_QUERY_SECONDS", 30, maximum=3600)
    """Time limit of a query, in seconds. A slower query is interrupted and its request gets a 503."""
    header_seconds: int = _integer("FILMOTECA_HEADER_SECONDS", 10, maximum=600)
    """Time limit for the headers of a request, in seconds, from the connection or the previous response."""
    body_seconds: int = _integer("FILMOTECA_BODY_SECONDS", 10, maximum=600)
    """Time limit for the body of a request, in seconds."""
    body_kb: int = _integer("FILMOTECA_BODY_KB", 256, minimum=16, maximum=16_384)
    """Maximum size of the body of a request, in KB."""

    rate_limit: int = _integer("FILMOTECA_RATE_LIMIT", 0, minimum=0, maximum=1_000_000)
    """Requests per minute and client address; 0 is unlimited."""
    cors_origins: tuple[str, ...] = _list(
        "FILMOTECA_CORS_ORIGINS", "origins like https://example.org without a path, or *", _ORIGIN.fullmatch
    )
    """Origins whose pages may read responses; `*` for all."""
    trusted_hosts: tuple[str, ...] = _list(
        "FILMOTECA_TRUSTED_HOSTS",
        "host names like films.example.org or *.example.org without a port",
        _HOST.fullmatch,
        lower=True,
    )
    """Accepted host names; any if empty."""
    trusted_proxies: tuple[str, ...] = _list(
        "FILMOTECA_TRUSTED_PROXIES", "addresses like 10.0.0.7 or networks like 10.0.0.0/8", _is_network
    )
    """Addresses and networks of the proxies whose X-Forwarded-For is trusted."""

    explain: bool = _switch("FILMOTECA_EXPLAIN", True)
    """Whether `explain=sql` is enabled."""
    sql: str = _choice("FILMOTECA_SQL", "off", "on", "local")
    """Ad-hoc SQL: `on`, `off`, or `local` for requests from and to this machine."""
    sql_seconds: float = _integer("FILMOTECA_SQL_SECONDS", 2, maximum=600)
    """Time limit of an ad-hoc query, in seconds."""
    sql_rows: int = _integer("FILMOTECA_SQL_ROWS", 1000, maximum=MAX_ROWS)
    """Default row limit of an ad-hoc query."""
    sql_memory_mb: int = _integer("FILMOTECA_SQL_MEMORY_MB", 256, minimum=64, maximum=65_536)
    """Memory limit of an ad-hoc query, in MB, in addition to `memory_mb`."""
    sql_concurrency: int = _integer("FILMOTECA_SQL_CONCURRENCY", 2, maximum=64)
    """Ad-hoc queries that run at a time, each in a process of its own."""

    metrics: str = _choice("FILMOTECA_METRICS", "local", "on", "off")
    """Who can read /metrics: `local`, this machine; `on`, everyone; `off`, nobody, and nothing is measured."""
    access_log: bool = _switch("FILMOTECA_ACCESS_LOG", False)
    """Whether every request is logged."""
    otel: bool = _switch("FILMOTECA_OTEL", False)
    """Whether requests and queries are sent as OpenTelemetry spans."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "ApiSettings":
        """Read the settings; unset ones have their defaults. Raises FilmotecaError for invalid values."""
        return cls(**{setting.name: setting.metadata["read"](environment) for setting in fields(cls)})
