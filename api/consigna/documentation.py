"""How the assignment's questions stand in the OpenAPI document: every answer, with an example."""

from http import HTTPStatus
from typing import Any

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example

from api.consigna import examples
from api.names import read_name
from api.problems import PROBLEM_JSON, ProblemDetails

CACHED = ResponseSpec(None, False, "Quien pregunta ya tiene esta respuesta (If-None-Match).")


def asked(  # noqa: PLR0913 - keywords that read as a table
    summary: str,
    example: msgspec.Struct,
    *,
    name: str,
    query: tuple[str, ...] = (),
    schema: Any = None,
    lacks: bool = True,
) -> dict[str, Any]:
    """What the route decorator of a question needs.

    `example` is a good answer, and its type what a good answer is unless `schema` says more. `name` is the path
    parameter that `api.names` reads exactly, `query` the query parameters that the question knows; `lacks` says
    whether the name can be one that nothing bears, a 404.
    """
    responses = {
        HTTPStatus.OK: ResponseSpec(
            schema or type(example),
            False,
            "La respuesta.",
            examples=[Example(value=msgspec.to_builtins(example))],
        ),
        HTTPStatus.NOT_MODIFIED: CACHED,
        HTTPStatus.BAD_REQUEST: _problem(examples.SOLICITUD_INCORRECTA, "La solicitud no se entiende."),
        HTTPStatus.NOT_FOUND: _problem(examples.NOMBRE_DESCONOCIDO, "Nada lleva ese nombre."),
        HTTPStatus.UNPROCESSABLE_ENTITY: _problem(examples.PARAMETRO_INVALIDO, "Un parámetro no es válido."),
        HTTPStatus.INTERNAL_SERVER_ERROR: _problem(examples.FALLA_INTERNA, "Algo falló en el servicio."),
    }
    if not lacks:
        del responses[HTTPStatus.NOT_FOUND]
    return {
        "summary": summary,
        "opt": {"name": name, "query_parameters": query},
        "responses": responses,
        "before_request": read_name,
        "sync_to_thread": True,
    }


def _problem(example: ProblemDetails, description: str) -> ResponseSpec:
    value = Example(value=msgspec.to_builtins(example))
    return ResponseSpec(type(example), False, description, PROBLEM_JSON, [value])
