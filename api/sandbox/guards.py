"""Who may ask ad-hoc SQL: not the pages of other sites, which a browser here would let ask in its name."""

from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.handlers import BaseRouteHandler

from api.http.problems import ProblemError

HOSTS_ARE_LOCAL = "hosts_are_local"
"""The key of the application's state under which it says whether only this machine's own names may be asked for."""

AnyConnection = ASGIConnection[BaseRouteHandler, object, object, State]


async def refuse_other_sites(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Raise ProblemError 403 for a request that a page of another site makes (a guard).

    A name that leads here without being this machine's is one that somebody's page has had changed (DNS rebinding).
    """
    origin, host = connection.headers.get("Origin"), connection.headers.get("Host", "")
    cors = connection.app.cors_config
    if origin and cors and cors.is_origin_allowed(origin):
        return
    is_foreign = bool(origin) and (origin or "").partition("://")[2] != host
    if is_foreign or connection.headers.get("Sec-Fetch-Site") == "cross-site":
        raise ProblemError(
            HTTPStatus.FORBIDDEN,
            "Pages of other sites may not ask ad-hoc SQL; FILMOTECA_CORS_ORIGINS names those that may.",
        )
    if connection.app.state.get(HOSTS_ARE_LOCAL) and not is_local(_name_in(host)):
        raise ProblemError(
            HTTPStatus.FORBIDDEN,
            "Ad-hoc SQL is on for this machine alone: ask localhost, or set FILMOTECA_SQL=on for every name of it.",
        )


async def expect_json(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Raise ProblemError 415 for a body that is not said to be JSON (a guard): any page may post plain text."""
    kind = connection.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"The body is {kind or 'of no known kind'}; right is application/json."
        )


def _name_in(host: str) -> str:
    """The name or address in a Host header, without the port; empty if it holds none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:  # brackets around what is no address
        return ""


def is_local(host: str) -> bool:
    """Whether a host is this machine as it calls itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
