"""The index: every operation with an example."""

from typing import Any
from urllib.parse import quote, urlencode

from litestar import Controller, Request, get
from litestar.datastructures import ResponseHeader, State
from litestar.openapi.spec import OpenAPI, Operation, Parameter
from litestar.response import Redirect

from api.http.openapi import operation_docs
from api.web.pages.language import negotiate_language
from api.web.swagger_ui import PATH as REFERENCE_PATH
from api.web.system import schemas

INDEX = schemas.Index(
    name="Filmoteca",
    version="0.1.0",
    openapi="/schema/openapi.json",
    reference="/docs/api",
    operations=[
        schemas.Operation(
            path="/score-titulo/{titulo}",
            summary="Puntaje y popularidad de una película",
            example="/score-titulo/Toy%20Story",
        )
    ],
)


async def lead_people_to_their_page(request: Request[Any, Any, State]) -> Redirect | None:
    """Programs get JSON here; whoever asks for HTML, as browsers do, gets the first page in a language of theirs."""
    if "text/html" not in request.headers.get("accept", ""):
        return None
    language = negotiate_language(request.headers.get("accept-language", ""))
    return Redirect(f"/{language.code}", status_code=303, headers={"Vary": "Accept-Language"})


class SystemController(Controller):
    """The service itself."""

    tags = ("System",)
    response_headers = (ResponseHeader(name="Cache-Control", value="no-store"),)

    @get(
        "/",
        sync_to_thread=False,
        before_request=lead_people_to_their_page,
        **operation_docs("Where everything is", schemas.Index, example=INDEX, common_errors=(), is_conditional=False),
    )
    def index(self, request: Request[Any, Any, State]) -> schemas.Index:
        """List everything that can be asked, each with a path to try."""
        document = request.app.openapi_schema
        return schemas.Index(
            name=document.info.title,
            version=document.info.version,
            openapi="/schema/openapi.json",
            reference=REFERENCE_PATH,
            operations=_operations(document),
        )

    @get("/v1", include_in_schema=False, sync_to_thread=False)
    def index_of_v1(self) -> Redirect:
        """Lead to where everything is."""
        return Redirect("/")


def _operations(document: OpenAPI) -> list[schemas.Operation]:
    return [
        schemas.Operation(path=path, summary=item.get.summary or "", example=_example(path, item.get))
        for path, item in (document.paths or {}).items()
        if item.get
    ]


def _example(path: str, operation: Operation) -> str:
    """The path with each parameter that the document has an example of, by the first one."""
    query: dict[str, Any] = {}
    for parameter in operation.parameters or []:
        if isinstance(parameter, Parameter) and parameter.examples:
            value = next(iter(parameter.examples.values())).value
            if parameter.param_in == "path":
                path = path.replace(f"{{{parameter.name}}}", quote(str(value), safe=""))
            elif isinstance(value, dict):
                query |= value
            else:
                query[parameter.name] = ",".join(map(str, value)) if isinstance(value, list) else value
    return f"{path}?{urlencode(query)}" if query else path
