"""The pages under /docs: the dbt docs site that `make docs` writes, and how its tables relate.

The site is one file with every table, column and lineage; the diagram is the repository's own.
"""

from http import HTTPStatus
from pathlib import Path

from litestar import Response, Router, get
from litestar.enums import MediaType
from litestar.response import File, Redirect
from markupsafe import Markup

from api.http.parameters import AnyRequest
from api.http.problems import ProblemError
from api.web.pages.language import ENGLISH
from api.web.pages.render import HEADERS as PAGE_HEADERS
from api.web.pages.render import Page

PATH = "/docs"
DIAGRAM = Path(__file__).parents[3] / "docs" / "tables.svg"
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
DIAGRAM_POLICY = PAGE_HEADERS["Content-Security-Policy"].replace(
    "style-src 'self'", "style-src 'self' 'unsafe-inline'; font-src data:"
)
"""D2 writes its styles and fonts into the diagram."""


def tables_router(site: Path) -> Router:
    """The routes of the site that stands at this path, or of what to do to have one, and of the diagram."""
    diagram = Markup(DIAGRAM.read_text("utf-8").partition("?>")[2])  # noqa: S704 - our own drawing

    @get(PATH, sync_to_thread=True)
    def tables() -> File:
        """The site; 404 while there is none."""
        if not site.is_file():
            raise ProblemError(
                HTTPStatus.NOT_FOUND,
                "The documentation of the tables is not written yet: `make docs` writes it, and this page shows it at "
                "once. /docs/erd draws how they relate, and /v1/tables describes them, too.",
            )
        return File(site, media_type=MediaType.HTML, headers=HEADERS, content_disposition_type="inline")

    @get("/docs.html", sync_to_thread=False)
    def as_on_disk() -> Redirect:
        """Where the site stands beside the report, whose links so lead to it from disk and from here."""
        return Redirect(f"{PATH}/")

    @get(f"{PATH}/erd", sync_to_thread=False)
    def relations(request: AnyRequest) -> Response[str]:
        """How the tables relate; each leads to its place in the site."""
        page = Page(request, ENGLISH).render("diagram.html", diagram=diagram)
        page.headers["Content-Security-Policy"] = DIAGRAM_POLICY
        return page

    return Router("/", route_handlers=[tables, as_on_disk, relations], include_in_schema=False)
