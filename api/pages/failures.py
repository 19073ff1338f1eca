"""What cannot be shown, said on a page to people, under the paths at which people read."""

from litestar import Response

from api.pages.language import ENGLISH, LANGUAGES
from api.pages.render import Page
from api.parameters import AnyRequest
from api.problems import first_segment

_SPOKEN = dict.fromkeys(("guide", "docs", "eda"), ENGLISH) | {language.code: language for language in LANGUAGES}
"""The languages of the pages by the first segments of their paths."""


def failure_page(request: AnyRequest, status: int, said: str) -> Response[str] | None:
    """A page of the failure for browsers; None for whoever takes no HTML, and where programs ask."""
    language = _SPOKEN.get(first_segment(request))
    if language is None or "text/html" not in request.headers.get("accept", ""):
        return None
    return Page(request, language).render("failure.html", status=status, code=status, failure=said)
