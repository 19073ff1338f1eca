"""What whoever runs the service may choose, read from the environment once."""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from litestar.config.cors import CORSConfig

from api.sandbox.options import MAX_ROWS, SWITCH, SandboxOptions
from api.v1 import explain
from warehouse.environment import read_choice, read_int, read_list
from warehouse.errors import FilmotecaError

CORS_ORIGINS: Final = "FILMOTECA_CORS_ORIGINS"
TRUSTED_HOSTS: Final = "FILMOTECA_TRUSTED_HOSTS"
TRUSTED_PROXIES: Final = "FILMOTECA_TRUSTED_PROXIES"
METRICS: Final = "FILMOTECA_METRICS"
_ORIGIN = re.compile(r"https?://[^/\s,*]+|\*")
_HOST = re.compile(r"(\*\.)?[0-9a-z]([0-9a-z.-]*[0-9a-z])?|\[[0-9a-f:.]+\]")


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """The choices of one installation of the service."""

    sql: SandboxOptions = field(default_factory=SandboxOptions)
    is_explaining: bool = True
    """FILMOTECA_EXPLAIN: whether `explain=sql` is answered."""
    cors_origins: tuple[str, ...] = ()
    """FILMOTECA_CORS_ORIGINS: sites whose pages may read the answers, separated by commas; * for all."""
    trusted_hosts: tuple[str, ...] = ()
    """FILMOTECA_TRUSTED_HOSTS: names by which the service may be asked; none named: any."""
    trusted_proxies: tuple[str, ...] = ()
    """FILMOTECA_TRUSTED_PROXIES: addresses and networks whose X-Forwarded-For is believed."""
    rate_limit: int = 0
    """FILMOTECA_RATE_LIMIT: requests a minute that one address may make of one worker; 0: any number."""
    body_kb: int = 256
    """FILMOTECA_BODY_KB: how long the body of a request may be."""
    header_seconds: int = 10
    """FILMOTECA_HEADER_SECONDS: how long the head of a request may take, from the connection or the answer before."""
    body_seconds: int = 10
    """FILMOTECA_BODY_SECONDS: how long the body of a request may take to come."""
    query_seconds: int = 30
    """FILMOTECA_QUERY_SECONDS: how long a query of the service itself may take; then it is a 503."""
    memory_mb: int = 256
    """FILMOTECA_MEMORY_MB: memory of the engine in each worker, for all its queries."""
    kept_mb: int = 32
    """FILMOTECA_CACHE_MB: memory for answers that are kept, in each worker."""
    threads: int = 4
    """FILMOTECA_THREADS: questions that each worker answers at the same time."""
    metrics: str = "local"
    """FILMOTECA_METRICS: who reads /metrics: `local`, this machine; `on`, anybody; `off`, nothing is counted."""
    access_log: bool = False
    """FILMOTECA_ACCESS_LOG: whether each request is a line in the log."""
    is_traced: bool = False
    """FILMOTECA_OTEL: whether requests and queries are spans of OpenTelemetry."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "ApiSettings":
        """Read the settings; what is not set keeps its default. Raises FilmotecaError for values that cannot be."""
        default = cls()
        return cls(
            sql=read_sandbox_options(environment),
            is_explaining=explain.is_allowed(environment),
            cors_origins=_origins(environment),
            trusted_hosts=_hosts(environment),
            trusted_proxies=_networks(environment),
            rate_limit=read_int(environment, "FILMOTECA_RATE_LIMIT", default.rate_limit, minimum=0, maximum=1_000_000),
            body_kb=read_int(environment, "FILMOTECA_BODY_KB", default.body_kb, minimum=16, maximum=16_384),
            header_seconds=read_int(environment, "FILMOTECA_HEADER_SECONDS", default.header_seconds, maximum=600),
            body_seconds=read_int(environment, "FILMOTECA_BODY_SECONDS", default.body_seconds, maximum=600),
            query_seconds=read_int(environment, "FILMOTECA_QUERY_SECONDS", default.query_seconds, maximum=3600),
            memory_mb=read_int(environment, "FILMOTECA_MEMORY_MB", default.memory_mb, minimum=64, maximum=65_536),
            kept_mb=read_int(environment, "FILMOTECA_CACHE_MB", default.kept_mb, maximum=16_384),
            threads=read_int(environment, "FILMOTECA_THREADS", default.threads, maximum=512),
            metrics=read_choice(environment, METRICS, default.metrics, "on", "off"),
            access_log=read_choice(environment, "FILMOTECA_ACCESS_LOG", "off", "on") == "on",
            is_traced=read_choice(environment, "FILMOTECA_OTEL", "off", "on") == "on",
        )

    @property
    def cors(self) -> CORSConfig | None:
        """Which answers pages of other sites may read; None if none may."""
        if not self.cors_origins:
            return None
        return CORSConfig(
            allow_origins=list(self.cors_origins),
            allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
            allow_headers=["Content-Type", "If-None-Match", "X-Request-ID"],
            expose_headers=["ETag", "Link", "Filmoteca-Build", "Filmoteca-Truncated", "Retry-After", "X-Request-ID"],
        )


def read_sandbox_options(environment: Mapping[str, str] = os.environ) -> SandboxOptions:
    """Read the options of ad-hoc SQL. Raises FilmotecaError for an invalid value."""
    switch = read_choice(environment, SWITCH, "off", "on", "local")
    default = SandboxOptions()
    return SandboxOptions(
        is_on=switch != "off",
        is_local_only=switch == "local",
        seconds=read_int(environment, f"{SWITCH}_SECONDS", int(default.seconds), maximum=600),
        rows=read_int(environment, f"{SWITCH}_ROWS", default.rows, maximum=MAX_ROWS),
        memory_mb=read_int(environment, f"{SWITCH}_MEMORY_MB", default.memory_mb, minimum=64, maximum=65_536),
        concurrency=read_int(environment, f"{SWITCH}_CONCURRENCY", default.concurrency, maximum=64),
    )


def _origins(environment: Mapping[str, str]) -> tuple[str, ...]:
    for origin in (origins := read_list(environment, CORS_ORIGINS)):
        if not _ORIGIN.fullmatch(origin):
            raise FilmotecaError(
                f"{CORS_ORIGINS} names {origin!r}; right is * or origins like https://example.org, without a path"
            )
    return origins


def _hosts(environment: Mapping[str, str]) -> tuple[str, ...]:
    for host in (hosts := tuple(host.lower() for host in read_list(environment, TRUSTED_HOSTS))):
        if not _HOST.fullmatch(host):
            raise FilmotecaError(
                f"{TRUSTED_HOSTS} names {host!r}; right is names like films.example.org or *.example.org, no port"
            )
    return hosts


def _networks(environment: Mapping[str, str]) -> tuple[str, ...]:
    for network in (networks := read_list(environment, TRUSTED_PROXIES)):
        try:
            ipaddress.ip_network(network)
        except ValueError:
            raise FilmotecaError(
                f"{TRUSTED_PROXIES} names {network!r}; right is addresses like 10.0.0.7 or networks like 10.0.0.0/8"
            ) from None
    return networks
