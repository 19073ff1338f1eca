"""The page under /docs: the dbt docs site that `make docs` writes, one file with every table, column and lineage."""

from pathlib import Path

from litestar import Request, Response, Router, get
from litestar.datastructures import State
from litestar.response import File

from api.pages.language import ENGLISH
from api.pages.render import Page

PATH = "/docs"
HEADERS = {
    # dbt writes its scripts and styles into the page; nothing is fetched from elsewhere.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; "
        "img-src 'self' data:; font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def tables_router(site: Path) -> Router:
    """The route of the site that stands at this path, or of a page that says how to make it."""

    @get("/", sync_to_thread=True)
    def tables(request: Request[object, object, State]) -> Response[str] | File:
        """The site; 404 while there is none."""
        if site.is_file():
            return File(site, media_type="text/html; charset=utf-8", headers=HEADERS, content_disposition_type="inline")
        said = (
            "The documentation of the tables is not written yet: `make docs` writes it. /v1/tables describes them too."
        )
        return Page(request, ENGLISH).render("failure.html", status=404, code=404, failure=said)

    return Router(PATH, route_handlers=[tables], include_in_schema=False)
