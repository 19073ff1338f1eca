"""What went wrong, as a page in the language of the path; programs' problems are worded in English."""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from litestar import Response

from api.pages.language import ENGLISH, LANGUAGES, Language
from api.pages.render import Page
from api.parameters import AnyRequest
from api.problems import ENGLISH as ENGLISH_PROBLEMS
from api.problems import ProblemError

NOT_FOUND = {
    "films": "No film has that id.",
    "compare": "No film has that id.",
    "taste": "No film has that id.",
    "people": "Nobody has that id.",
}
"""By the page that was asked for."""

_PARAMETER = re.compile(r"`(\w+)`")

Shown = Callable[[AnyRequest, Exception, int], Response[Any]]


def failure_pages() -> Mapping[str, Shown]:
    """How failures are shown, by the first segment of the path that they happened on."""
    return {**{language.code: _shown_in(language) for language in LANGUAGES}, "guide": _shown_in(ENGLISH)}


def failure_page(request: AnyRequest, language: Language, status: int, said: str) -> Response[Any]:
    """The page that says it, with all ways on from there."""
    return Page(request, language).render("failure.html", status=status, code=status, failure=said)


def _shown_in(language: Language) -> Shown:
    def show(request: AnyRequest, error: Exception, status: int) -> Response[Any]:
        said = ENGLISH_PROBLEMS.detail(request, status, error)
        if language is not ENGLISH:
            said = _said_in(language, request.url.path, status, said, error)
        return failure_page(request, language, status, said)

    return show


def _said_in(language: Language, path: str, status: int, english: str, error: Exception) -> str:
    """What can be said of a problem that is worded in English: its kind, its parameters, and what would be right."""
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
