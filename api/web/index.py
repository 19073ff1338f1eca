"""The index at `/`: every operation with an example. Browsers are redirected to the home page in their language."""

from typing import Annotated, Any
from urllib.parse import quote, urlencode

import msgspec
from litestar import get
from litestar.datastructures import ResponseHeader
from litestar.openapi.spec import Operation, Parameter
from litestar.response import Redirect

from api.http.context import request_context
from api.http.examples import described
from api.http.openapi import operation_docs
from api.http.request_hooks import AnyRequest
from api.web.docs import REFERENCE_PATH
from api.web.pages.language import negotiate_language


class IndexEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An operation."""

    path: Annotated[str, described("Path, with parameters in braces.", "/score-titulo/{titulo}")]
    summary: Annotated[str, described("What the operation returns.", "Puntaje y popularidad de una película")]
    example: Annotated[str, described("A path to try.", "/score-titulo/Toy%20Story")]


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """The operations of the service."""

    name: Annotated[str, described("Name of the service.", "Filmoteca")]
    version: Annotated[str, described("Version of the service.", "0.1.0")]
    movie_count: Annotated[int, described("Number of films in the data set.", 45_346)]
    openapi: Annotated[str, described("Path of the OpenAPI document.", "/schema/openapi.json")]
    reference: Annotated[str, described("Path of Swagger UI.", REFERENCE_PATH)]
    operations: Annotated[list[IndexEntry], msgspec.Meta(description="The operations that GET requests can call.")]


async def redirect_browser(request: AnyRequest) -> Redirect | None:
    """Redirect a client that accepts HTML to the home page in its language (a `before_request` hook)."""
    if "text/html" not in request.headers.get("accept", ""):
        return None
    language = negotiate_language(request.headers.get("accept-language", ""))
    return Redirect(f"/{language.code}", status_code=303, headers={"Vary": "Accept-Language"})


@get(
    "/",
    tags=["System"],
    response_headers=[ResponseHeader(name="Cache-Control", value="no-store")],
    before_request=redirect_browser,
    sync_to_thread=False,
    **operation_docs("Index of all operations", Index, common_errors=(), is_conditional=False),
)
def index(request: AnyRequest) -> Index:
    """List all operations, each with an example."""
    document = request.app.openapi_schema
    return Index(
        name=document.info.title,
        version=document.info.version,
        movie_count=request_context.get().snapshot.movie_count,
        openapi="/schema/openapi.json",
        reference=REFERENCE_PATH,
        operations=[
            IndexEntry(path=path, summary=item.get.summary or "", example=_example_path(path, item.get))
            for path, item in (document.paths or {}).items()
            if item.get
        ],
    )


@get("/v1", include_in_schema=False, sync_to_thread=False)
def redirect_to_index() -> Redirect:
    """Redirect to the index."""
    return Redirect("/")


def _example_path(path: str, operation: Operation) -> str:
    """Return the path and query string made of the first example of each parameter that has one."""
    query: dict[str, Any] = {}
    for parameter in operation.parameters or []:
        if isinstance(parameter, Parameter) and parameter.examples:
            value = next(iter(parameter.examples.values())).value
            if parameter.param_in == "path":
                path = path.replace(f"{{{parameter.name}}}", quote(str(value), safe=""))
            else:
                query |= value if isinstance(value, dict) else {parameter.name: value}
    return f"{path}?{urlencode(query)}" if query else path
