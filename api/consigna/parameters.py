"""The query parameters of the assignment's questions, one struct for each combination."""

from collections.abc import Sequence
from difflib import get_close_matches
from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from api.http.problems import ProblemError
from api.http.query_parser import MAX_ECHO, invalid, query_parser

ACCEPTED_VALUES = {
    "anio": "un año, un entero de 1 a 9999 (por ejemplo, ?anio=1997)",
    "id": "un identificador, un entero como los que dan las respuestas (por ejemplo, ?id=862)",
    "directores": "«excluir» o «incluir»",
    "formato": "«detalle» o «lista»",
}


class FilmParameters(msgspec.Struct, frozen=True):
    """Which of the films with the same title is meant."""

    anio: Annotated[int, Meta(ge=1, le=9999, description="Elige la película de este año.")] | None = None
    id: Annotated[int, Meta(ge=1, le=2**31 - 1, description="Elige la película de este id de TMDB.")] | None = None


class RecommendationParameters(FilmParameters, frozen=True):
    """Which film is meant, and the format of its recommendations."""

    formato: Annotated[
        Literal["detalle", "lista"], Meta(description="«lista» responde solo con los títulos recomendados.")
    ] = "detalle"


class PersonParameters(msgspec.Struct, frozen=True):
    """Which of the people with the same name is meant."""

    id: Annotated[int, Meta(ge=-(2**63), le=2**63 - 1, description="Elige la persona de este id.")] | None = None


class ActorParameters(PersonParameters, frozen=True):
    """Which actor is meant, and whether the films they directed count."""

    directores: Annotated[
        Literal["excluir", "incluir"],
        Meta(description="Si cuentan las películas que dirigió la misma persona. La consigna las excluye."),
    ] = "excluir"


def parse_parameters(schema: type[msgspec.Struct], pairs: Sequence[tuple[str, str]]) -> msgspec.Struct:
    """Return the query parameters as a struct. Raises ProblemError 422 for a repeated or an invalid one."""
    names = [name for name, _ in pairs]
    declared = query_parser(schema).parameters
    values: dict[str, Any] = {}
    for name, text in pairs:
        if names.count(name) > 1:
            raise invalid(f"El parámetro «{name}» aparece más de una vez; debe aparecer una sola.")
        try:
            values[name] = declared[name].convert([text])
        except ProblemError:
            received = f"«{text}»" if len(text) <= MAX_ECHO else f"un valor de {len(text)} caracteres"
            raise invalid(f"«{name}» debe ser {ACCEPTED_VALUES[name]}; se recibió {received}.") from None
    return schema(**values)


def unknown_parameter(unknown: str, known: tuple[str, ...]) -> ProblemError:
    """Return the 422 for an unknown query parameter, with the most similar known one."""
    similar = get_close_matches(unknown.lower(), known, n=1, cutoff=0.5)
    suggestion = f" ¿Quisiste decir «{similar[0]}»?" if similar else ""
    accepted = f"Se aceptan: {', '.join(known)}." if known else "Esta consulta no acepta ninguno."
    detail = f"No existe el parámetro «{unknown}».{suggestion} {accepted}"
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail, valores_aceptados=list(known))
