"""Routes for static files, and the content security policy of the pages."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from litestar import Request, Router
from litestar.datastructures import CacheControlHeader
from litestar.exceptions import NotFoundException
from litestar.static_files import create_static_files_router

CONTENT_SECURITY_POLICY = (
    # Nothing from other hosts, no inline scripts or styles. Swagger UI draws its icons from data: URLs.
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
MAX_AGE_SECONDS = 3600


def static_files_router(path: str, directories: Sequence[Path], *, html_mode: bool = False) -> Router:
    """Return the routes of the files in `directories`; with `html_mode`, `path` itself serves their index.html.

    Only files that exist at startup are served, so that no name from a request reaches the file system.
    """
    names = {file.name for directory in directories for file in directory.iterdir()}

    async def check_name(request: Request[Any, Any, Any]) -> None:
        name = str(request.path_params.get("file_path", "")).lstrip("/")
        if name not in names and not (html_mode and not name):
            raise NotFoundException

    async def set_policy(response: Any) -> Any:
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        return response

    return create_static_files_router(
        path=path,
        directories=list(directories),
        html_mode=html_mode,
        name=f"static files of {path}",
        before_request=check_name,
        after_request=set_policy,
        cache_control=CacheControlHeader(public=True, max_age=MAX_AGE_SECONDS),
    )
