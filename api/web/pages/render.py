"""A page: a template filled in one language, with the SQL behind it and a link to the same answer as JSON."""

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.enums import MediaType

from api.db.query_traces import query_traces
from api.http.parameters import AnyRequest
from api.web.pages.language import LANGUAGES, Language
from api.web.pages.tiles import tile

HEADERS = {
    # Nothing is fetched from elsewhere, and no script or style stands in a page.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals["tile"] = tile


class Page:
    """A request for a page, in its language."""

    def __init__(self, request: AnyRequest, language: Language) -> None:
        self.language = language
        self._request = request

    def render(
        self, template: str, *, twin: str | None = None, status: int = HTTPStatus.OK, **data: Any
    ) -> Response[str]:
        """The page; `twin` is the path of the same answer as JSON."""
        html = _environment.get_template(template).render(
            **data,
            language=self.language,
            say=self.language.say,
            base=f"/{self.language.code}",
            twin=twin,
            others=[(one, self._elsewhere(one)) for one in LANGUAGES if one != self.language],
            noted=query_traces.get() or [],
        )
        return Response(html, status_code=status, media_type=MediaType.HTML, headers=HEADERS)

    def _elsewhere(self, language: Language) -> str:
        """The path of this page in another language."""
        path = self._request.scope["raw_path"].decode("latin-1").partition("?")[0]
        query = self._request.scope["query_string"].decode("latin-1")
        if not path.startswith(f"/{self.language.code}"):  # the guide is in English alone
            return f"/{language.code}"
        rest = path.removeprefix(f"/{self.language.code}")
        return f"/{language.code}{rest}" + (f"?{query}" if query else "")


def with_query(path: str, parameters: Mapping[str, Any]) -> str:
    """The path with those of the parameters that are given."""
    given = [
        (name, value)
        for name, values in parameters.items()
        if values not in (None, [], "")
        for value in (values if isinstance(values, list) else [values])
    ]
    return path + (f"?{urlencode(given)}" if given else "")
