"""Guards of ad-hoc SQL against pages of other sites, which could send queries through a visitor's browser."""

from http import HTTPStatus
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from api.http.host_check import is_local_host
from api.http.problems import ProblemError

AnyConnection = ASGIConnection[Any, Any, Any, Any]


async def reject_cross_site_requests(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Raise ProblemError 403 for a request from a page of another site, unless CORS allows the site."""
    origin, host = connection.headers.get("Origin"), connection.headers.get("Host", "")
    cors = connection.app.cors_config
    if origin and cors and cors.is_origin_allowed(origin):
        return
    if (origin and origin.partition("://")[2] != host) or connection.headers.get("Sec-Fetch-Site") == "cross-site":
        raise ProblemError(
            HTTPStatus.FORBIDDEN,
            "Pages of other sites cannot run ad-hoc SQL; add the site to FILMOTECA_CORS_ORIGINS to allow it.",
        )


async def require_local_host(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Raise ProblemError 403 unless the Host header names this machine, which prevents DNS rebinding."""
    if not is_local_host(connection.url.hostname or ""):
        raise ProblemError(
            HTTPStatus.FORBIDDEN,
            "Ad-hoc SQL is on for this machine only; send the request to localhost, or set FILMOTECA_SQL=on.",
        )


async def require_json(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Raise ProblemError 415 for a body that is not declared as JSON; a page of any site can post plain text."""
    media_type = connection.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if media_type != "application/json" and not media_type.endswith("+json"):
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"The body has the media type {media_type or '(none)'}; send application/json.",
        )
