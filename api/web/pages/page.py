"""Rendering of pages: a template in one language, the SQL behind it and a link to the same data as JSON."""

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.enums import MediaType

from api.http.context import request_context
from api.http.request_hooks import AnyRequest
from api.web.pages.language import LANGUAGES, Language
from api.web.pages.posters import make_poster
from api.web.static_files import CONTENT_SECURITY_POLICY

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.globals["make_poster"] = make_poster


class Page:
    """A page for one request in one language."""

    def __init__(self, request: AnyRequest, language: Language) -> None:
        self.language = language
        self._request = request

    def render(
        self, template: str, *, json_url: str | None = None, status: int = HTTPStatus.OK, **data: Any
    ) -> Response[str]:
        """Return the rendered template; `json_url` is the URL of the same data as JSON."""
        html = _environment.get_template(template).render(
            **data,
            language=self.language,
            translate=self.language.translate,
            base=f"/{self.language.code}",
            json_url=json_url,
            translations=[(other, self._url_in(other)) for other in LANGUAGES if other != self.language],
            traces=request_context.get().query_traces or [],
        )
        headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY}
        return Response(html, status_code=status, media_type=MediaType.HTML, headers=headers)

    def _url_in(self, language: Language) -> str:
        """Return the URL of this page in another language, or of its home page if there is no such page."""
        path = self._request.scope["raw_path"].decode("latin-1").partition("?")[0]
        query = self._request.scope["query_string"].decode("latin-1")
        if not path.startswith(f"/{self.language.code}"):
            return f"/{language.code}"
        rest = path.removeprefix(f"/{self.language.code}")
        return f"/{language.code}{rest}" + (f"?{query}" if query else "")


def add_query(path: str, parameters: Mapping[str, Any]) -> str:
    """Return the path with those parameters as its query string that have a value."""
    pairs = [
        (name, value)
        for name, values in parameters.items()
        if values not in (None, [], "")
        for value in (values if isinstance(values, list) else [values])
    ]
    return path + (f"?{urlencode(pairs)}" if pairs else "")
