"""Rendering of pages and error pages: a template in the language of the path."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.enums import MediaType

from api.http.context import request_context
from api.http.error_handlers import first_segment
from api.http.problems import ProblemError
from api.http.request_hooks import AnyRequest
from api.web.pages.graphics import make_poster
from api.web.pages.language import ENGLISH, SPANISH, SPANISH_REPORT, language_of
from api.web.static_files import CONTENT_SECURITY_POLICY

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals["make_poster"] = make_poster

PAGES = ("en", "es", "guide", "docs", "eda")
"""First segments of the paths of pages."""
NO_FILM = "No film has that id."
NOT_FOUND_PHRASES = {"films": NO_FILM, "compare": NO_FILM, "taste": NO_FILM, "people": "No person has that id."}

_PARAMETER = re.compile(r"`(\w+)`")


def render_page(
    request: AnyRequest, template: str, *, json_url: str | None = None, status: int = HTTPStatus.OK, **data: Any
) -> Response[str]:
    """Return the rendered template in the language of the path; `json_url` is the URL of the same data as JSON."""
    language = language_of(request)
    other = ENGLISH if language is SPANISH else SPANISH
    html = _environment.get_template(template).render(
        **data,
        language=language,
        translate=language.translate,
        base=f"/{language.code}",
        json_url=json_url,
        other_language=other,
        other_url=_translate_url(request, language.code, other.code),
        movie_count=request_context.get().snapshot.movie_count,
        traces=request_context.get().query_traces or [],
    )
    headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}
    return Response(html, status_code=status, media_type=MediaType.HTML, headers=headers)


def _translate_url(request: AnyRequest, code: str, other_code: str) -> str:
    """Return the URL of this page in the other language, or of its home page if there is no such page."""
    path = request.scope["raw_path"].decode("latin-1").partition("?")[0]
    query = request.scope["query_string"].decode("latin-1")
    if not path.startswith(f"/{code}"):
        return f"/{other_code}"
    return path.replace(code, other_code, 1) + (f"?{query}" if query else "")


def add_query(path: str, parameters: Mapping[str, Any]) -> str:
    """Return the path with those parameters as its query string that have a value."""
    given = {name: value for name, value in parameters.items() if value not in (None, [], "")}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path


def render_error_page(request: AnyRequest, error: Exception, status: int, detail: str) -> Response[str] | None:
    """Return an error page; None if the client does not accept HTML or the path is not a page's.

    Problem details are in English, so a Spanish page describes the error by its status and its parameters.
    """
    if first_segment(request) not in PAGES or "text/html" not in request.headers.get("accept", ""):
        return None
    if language_of(request) is SPANISH:
        detail = _describe_in_spanish(request.url.path, status, detail, error)
    return render_page(request, "error.html", status=status, code=status, detail=detail)


def _describe_in_spanish(path: str, status: int, detail: str, error: Exception) -> str:
    """Describe an error by its kind, its parameters and the accepted values."""
    if path == SPANISH_REPORT:
        return SPANISH.translate("There is no report for this build yet. Run `make eda` to create it.")
    if status == HTTPStatus.NOT_FOUND:
        page = next(iter(path.split("/")[2:]), "")
        return SPANISH.translate(NOT_FOUND_PHRASES.get(page, "There is no page at this address."))
    if status != HTTPStatus.UNPROCESSABLE_ENTITY:
        return SPANISH.translate("Internal server error. The server's log has the details.")
    parameters = ", ".join(dict.fromkeys(_PARAMETER.findall(detail)))
    if not parameters:
        return SPANISH.translate("A value is missing or invalid.")
    extensions = error.extensions if isinstance(error, ProblemError) else {}
    sentences = [SPANISH.translate("Invalid value: {parameters}.", parameters=parameters)]
    for name, phrase in (("suggestions", "Did you mean: {names}?"), ("accepted_values", "Accepted: {names}.")):
        if names := extensions.get(name):
            sentences.append(SPANISH.translate(phrase, names=", ".join(map(str, names))))  # type: ignore[call-overload]
    return " ".join(sentences)
