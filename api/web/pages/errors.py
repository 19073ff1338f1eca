"""Error pages, in the language of the path."""

import re
from http import HTTPStatus

from litestar import Response

from api.http.error_handlers import first_segment
from api.http.problems import ProblemError
from api.http.request_hooks import AnyRequest
from api.web.pages.language import ENGLISH, LANGUAGES, SPANISH, Language
from api.web.pages.page import Page

SPANISH_REPORT = "/eda/es.html"
NOT_FOUND_PHRASES = {
    "films": "No film has that id.",
    "compare": "No film has that id.",
    "taste": "No film has that id.",
    "people": "No person has that id.",
}

_PARAMETER = re.compile(r"`(\w+)`")

_LANGUAGE_BY_SEGMENT = dict.fromkeys(("guide", "docs", "eda"), ENGLISH) | {one.code: one for one in LANGUAGES}


def render_error_page(request: AnyRequest, error: Exception, status: int, detail: str) -> Response[str] | None:
    """Return an error page; None if the client does not accept HTML or the path is not a page's.

    Problem details are in English, so a Spanish page describes the error by its status and its parameters.
    """
    language = _LANGUAGE_BY_SEGMENT.get(first_segment(request))
    if language is None or "text/html" not in request.headers.get("accept", ""):
        return None
    if request.url.path == SPANISH_REPORT:
        language = SPANISH
    if language is not ENGLISH:
        detail = _describe(language, request.url.path, status, detail, error)
    return Page(request, language).render("error.html", status=status, code=status, detail=detail)


def _describe(language: Language, path: str, status: int, detail: str, error: Exception) -> str:
    """Describe an error in `language` by its kind, its parameters and the accepted values."""
    if path == SPANISH_REPORT:
        return language.translate("There is no report for this build yet. Run `make eda` to create it.")
    if status == HTTPStatus.NOT_FOUND:
        page = next(iter(path.split("/")[2:]), "")
        return language.translate(NOT_FOUND_PHRASES.get(page, "Page not found."))
    if status != HTTPStatus.UNPROCESSABLE_ENTITY:
        return language.translate("Internal server error. The server's log has the details.")
    parameters = ", ".join(dict.fromkeys(_PARAMETER.findall(detail)))
    if not parameters:
        return language.translate("A value is missing or invalid.")
    extensions = error.extensions if isinstance(error, ProblemError) else {}
    sentences = [language.translate("Invalid value: {parameters}.", parameters=parameters)]
    for name, phrase in (("suggestions", "Did you mean: {names}?"), ("accepted_values", "Accepted: {names}.")):
        if names := extensions.get(name):
            sentences.append(language.translate(phrase, names=", ".join(map(str, names))))  # type: ignore[call-overload]
    return " ".join(sentences)
