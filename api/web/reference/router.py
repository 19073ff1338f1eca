"""The page under /docs/api: Swagger UI, served from an installed package, so that it works without the internet.

Its files are read once, by names known beforehand: nothing of a request reaches the file system.
"""

from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path

from litestar import Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from warehouse.errors import FilmotecaError

PATH = "/docs/api"
OUR_FILES = ("index.html", "page.css", "page.js")
SWAGGER_UI_FILES = ("swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png")
HEADERS = {
    # Swagger UI draws its icons from data: addresses. Whatever else it might want from elsewhere, it does not get.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "public, max-age=3600",
}


def reference_router() -> Router:
    """The routes of the page and of what it loads. Raises FilmotecaError when Swagger UI is not installed."""
    ours, swagger_ui = Path(__file__).with_name("page"), _swagger_ui_folder()
    files = {name: (ours / name).read_bytes() for name in OUR_FILES}
    files |= {name: (swagger_ui / name).read_bytes() for name in SWAGGER_UI_FILES}

    @get(["/", "/{name:str}"], sync_to_thread=False)
    def reference(name: FromPath[str] = "index.html") -> Response[bytes]:
        """The page, or a part of it."""
        if name not in files:
            raise NotFoundException
        return Response(files[name], media_type=guess_type(name)[0], headers=HEADERS)

    return Router(PATH, route_handlers=[reference], include_in_schema=False)


def _swagger_ui_folder() -> Path:
    """Where Swagger UI's files lie. Their package is looked for and not imported: it would load Flask."""
    package = find_spec("flask_swagger_ui")
    if package is None or package.origin is None:
        raise FilmotecaError("the package flask-swagger-ui is not installed; requirements.lock names it")
    return Path(package.origin).with_name("dist")
