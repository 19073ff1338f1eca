"""What went wrong, as a page in the language of the path; programs' problems are worded in English."""

import re
from http import HTTPStatus

from litestar import Response

from api.http.parameters import AnyRequest
from api.http.problems import ProblemError, first_segment
from api.web.pages.language import ENGLISH, LANGUAGES, SPANISH, Language
from api.web.pages.render import Page

SPANISH_REPORT = "/eda/es.html"
NOT_FOUND = {
    "films": "No film has that id.",
    "compare": "No film has that id.",
    "taste": "No film has that id.",
    "people": "Nobody has that id.",
}
"""By the page that was asked for."""

_PARAMETER = re.compile(r"`(\w+)`")

_SPOKEN = dict.fromkeys(("guide", "docs", "eda"), ENGLISH) | {language.code: language for language in LANGUAGES}
"""The languages of the pages by the first segments of their paths."""


def failure_page(request: AnyRequest, error: Exception, status: int, said: str) -> Response[str] | None:
    """A page of the failure for browsers; None for whoever takes no HTML, and where programs ask."""
    language = _SPOKEN.get(first_segment(request))
    if language is None or "text/html" not in request.headers.get("accept", ""):
        return None
    if request.url.path == SPANISH_REPORT:
        language = SPANISH
    if language is not ENGLISH:
        said = _said_in(language, request.url.path, status, said, error)
    return Page(request, language).render("failure.html", status=status, code=status, failure=said)


def _said_in(language: Language, path: str, status: int, english: str, error: Exception) -> str:
    """What can be said of a problem that is worded in English: its kind, its parameters, and what would be right."""
    if path == SPANISH_REPORT:
        return language.say("There is no report of these data: `make eda` writes it, and this page shows it at once.")
    if status == HTTPStatus.NOT_FOUND:
        kind = next(iter(path.split("/")[2:]), "")
        return language.say(NOT_FOUND.get(kind, "There is no such page."))
    if status != HTTPStatus.UNPROCESSABLE_ENTITY:
        return language.say("Something failed on our side; the server's log has the details.")
    extensions = error.extensions if isinstance(error, ProblemError) else {}
    parameters = ", ".join(dict.fromkeys(_PARAMETER.findall(english)))
    if not parameters:
        return language.say("A value is missing, or cannot be used.")
    said = [language.say("A value cannot be used: {parameters}.", parameters=parameters)]
    for name, phrase in (("suggestions", "Nearest: {names}."), ("accepted_values", "Right would be: {names}.")):
        if names := extensions.get(name):
            said.append(language.say(phrase, names=", ".join(map(str, names))))  # type: ignore[call-overload]
    return " ".join(said)
