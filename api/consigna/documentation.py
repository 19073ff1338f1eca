"""How the assignment's questions stand in the OpenAPI document, in Spanish."""

from http import HTTPStatus
from typing import Any

import msgspec

from api.consigna import examples
from api.consigna.path_names import read_name
from api.consigna.wording import SPANISH
from api.http.openapi import Telling, documented

IN_SPANISH = Telling(
    wording=SPANISH,
    good="La respuesta.",
    held="Quien pregunta ya tiene esta respuesta (If-None-Match).",
    instance="/score-titulo/Titanic",
    problems={
        HTTPStatus.NOT_FOUND: ("Nada lleva ese nombre.", examples.NOMBRE_DESCONOCIDO),
        HTTPStatus.UNPROCESSABLE_ENTITY: ("Un parámetro no es válido.", examples.PARAMETRO_INVALIDO),
    },
)


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
    parameter that `path_names` reads exactly, `query` the query parameters that the question knows; `lacks` says
    whether the name can be one that nothing bears, a 404.
    """
    raises = (*([HTTPStatus.NOT_FOUND] if lacks else []), HTTPStatus.UNPROCESSABLE_ENTITY)
    return {
        **documented(summary, schema or type(example), example=example, raises=raises, before=(), telling=IN_SPANISH),
        "opt": {"name": name, "query_parameters": query},
        "before_request": read_name,
        "sync_to_thread": True,
    }
