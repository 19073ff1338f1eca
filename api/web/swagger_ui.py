"""Swagger UI under /docs/api, served from an installed package so that it works offline.

Litestar's render plugin writes scripts into the page, which the content security policy forbids.
"""

from importlib.util import find_spec
from pathlib import Path

from litestar import Router

from api.web.static_files import static_files_router
from warehouse.errors import FilmotecaError

PATH = "/docs/api"


def swagger_ui_router() -> Router:
    """Return the routes of the page and its files. Raises FilmotecaError if Swagger UI is not installed."""
    page = Path(__file__).with_name("swagger_ui_page")
    return static_files_router(PATH, [page, _find_swagger_ui()], html_mode=True)


def _find_swagger_ui() -> Path:
    # The package is located but not imported, because importing it loads Flask.
    package = find_spec("flask_swagger_ui")
    if package is None or package.origin is None:
        raise FilmotecaError("Package flask-swagger-ui is not installed. Install requirements.lock again.")
    return Path(package.origin).with_name("dist")
