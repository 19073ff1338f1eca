"""The pages under /docs: the dbt docs site that `make docs` writes, the relationships of the tables, and Swagger UI."""

import re
from http import HTTPStatus
from importlib.metadata import distribution
from pathlib import Path

from litestar import Response, Router, get
from litestar.enums import MediaType
from litestar.response import File, Redirect
from markupsafe import Markup

from api.http.problems import ProblemError
from api.http.request_hooks import AnyRequest
from api.web.guide import TABLE_DIAGRAM, render_markdown
from api.web.pages.page import render_page
from api.web.static_files import static_files_router

PATH = "/docs"
REFERENCE_PATH = "/docs/api"
HEADERS = {
    # dbt's page contains its own scripts and styles and loads nothing else.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; "
        "img-src 'self' data:; font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cache-Control": "no-cache",
}


def docs_routers(site: Path) -> list[Router]:
    """Return the routes of the dbt docs site at this path, the page with the relationships, and Swagger UI.

    Litestar's plugin for Swagger UI writes scripts into the page, which the content security policy forbids. Its files
    come from an installed package, so that it works offline.
    """
    mermaid, relationships = _read_relationships()
    swagger_ui = Path(str(distribution("flask-swagger-ui").locate_file("flask_swagger_ui/dist")))

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
        return render_page(request, "diagram.html", relationships=relationships, mermaid=mermaid)

    return [
        Router("/", route_handlers=[show_site, redirect_from_report, show_diagram], include_in_schema=False),
        static_files_router(REFERENCE_PATH, [Path(__file__).with_name("swagger_ui_page"), swagger_ui], html_mode=True),
    ]


def _read_relationships() -> tuple[str, Markup]:
    """Return the Mermaid source and the HTML of the rest of docs/table-diagram.md, without its title."""
    text = TABLE_DIAGRAM.read_text("utf-8").partition("\n")[2]
    introduction, _, rest = text.partition("```mermaid\n")
    mermaid, _, table = rest.partition("```\n")
    html = str(render_markdown(introduction + table, TABLE_DIAGRAM.parent))
    link = r'<td><a href="./#!/model/model.filmoteca.\1"><code>\1</code></a></td>'
    return mermaid, Markup(re.sub(r"<td><code>((?:dim|fct)_\w+)</code></td>", link, html))  # noqa: S704 (our own text)
