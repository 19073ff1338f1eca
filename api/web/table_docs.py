"""The pages under /docs: the dbt docs site that `make docs` writes, and the relationships of the tables."""

import re
from http import HTTPStatus
from pathlib import Path

from litestar import Response, Router, get
from litestar.enums import MediaType
from litestar.response import File, Redirect
from markupsafe import Markup

from api.http.problems import ProblemError
from api.http.request_hooks import AnyRequest
from api.web.guide import TABLE_DIAGRAM, render_markdown
from api.web.pages.language import ENGLISH
from api.web.pages.page import Page

PATH = "/docs"
HEADERS = {
    # dbt's page contains its own scripts and styles and loads nothing else.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; "
        "img-src 'self' data:; font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def table_docs_router(site: Path) -> Router:
    """Return the routes of the dbt docs site at this path and of the page with the relationships."""
    mermaid, relationships = _read_relationships()

    @get(PATH, sync_to_thread=True)
    def show_site() -> File:
        if not site.is_file():
            raise ProblemError(
                HTTPStatus.NOT_FOUND,
                "The documentation of the tables does not exist yet. Run `make docs` to write it, or see /docs/erd and "
                "/v1/tables.",
            )
        return File(site, media_type=MediaType.HTML, headers=HEADERS, content_disposition_type="inline")

    @get("/docs.html", sync_to_thread=False)
    def redirect_from_report() -> Redirect:
        """Redirect the file name of the site, which the exploratory report links to."""
        return Redirect(f"{PATH}/")

    @get(f"{PATH}/erd", sync_to_thread=False)
    def show_diagram(request: AnyRequest) -> Response[str]:
        return Page(request, ENGLISH).render("diagram.html", relationships=relationships, mermaid=mermaid)

    return Router("/", route_handlers=[show_site, redirect_from_report, show_diagram], include_in_schema=False)


def _read_relationships() -> tuple[str, Markup]:
    """Return the Mermaid source and the HTML of the rest of docs/table-diagram.md, without its title."""
    text = TABLE_DIAGRAM.read_text("utf-8").partition("\n")[2]
    introduction, _, rest = text.partition("```mermaid\n")
    mermaid, _, table = rest.partition("```\n")
    html = str(render_markdown(introduction + table, TABLE_DIAGRAM.parent))
    link = r'<td><a href="./#!/model/model.filmoteca.\1"><code>\1</code></a></td>'
    return mermaid, Markup(re.sub(r"<td><code>((?:dim|fct)_\w+)</code></td>", link, html))  # noqa: S704 (our own text)
