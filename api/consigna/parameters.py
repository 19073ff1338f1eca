"""The query parameters of the assignment's questions, one struct for each combination."""

from difflib import get_close_matches
from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from api.consigna.path_names import Pairs
from api.http.problems import ProblemError
from api.http.query_parser import MAX_ECHO, query_parser

_ESTA_PELICULA = "Elige, entre las películas con ese título, la de este"
Anio = Annotated[int, Meta(ge=1, le=9999, description=f"{_ESTA_PELICULA} año.")]
IdPelicula = Annotated[int, Meta(ge=1, le=2**31 - 1, description=f"{_ESTA_PELICULA} id de TMDB.")]
IdPersona = Annotated[
    int, Meta(ge=-(2**63), le=2**63 - 1, description="Elige, entre las personas de ese nombre, la de este id.")
]
Directores = Annotated[
    Literal["excluir", "incluir"],
    Meta(description="Si cuentan las películas que dirigió la misma persona. La consigna las excluye."),
]
Formato = Annotated[
    Literal["detalle", "lista"],
    Meta(description="«lista» responde solo con la lista JSON de los títulos recomendados."),
]
ACCEPTED_VALUES = {
    "anio": "un año, un entero de 1 a 9999 (por ejemplo, ?anio=1997)",
    "id": "un identificador, un entero como los que dan las respuestas (por ejemplo, ?id=862)",
    "directores": "«excluir» o «incluir»",
    "formato": "«detalle» o «lista»",
}


class FilmParameters(msgspec.Struct, frozen=True):
    """Which of the films with the same title is meant."""

    anio: Anio | None = None
    id: IdPelicula | None = None


class RecommendationParameters(FilmParameters, frozen=True):
    """Which film is meant, and the format of its recommendations."""

    formato: Formato = "detalle"


class ActorParameters(msgspec.Struct, frozen=True):
    """Which of the actors with the same name is meant, and whether the films they directed count."""

    directores: Directores = "excluir"
    id: IdPersona | None = None


class DirectorParameters(msgspec.Struct, frozen=True):
    """Which of the directors with the same name is meant."""

    id: IdPersona | None = None


def parse_parameters(struct: type[msgspec.Struct], pairs: Pairs) -> msgspec.Struct:
    """Return the query parameters as a struct. Raises ProblemError 422 for a repeated or an invalid one."""
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise _invalid(f"El parámetro «{name}» aparece más de una vez; debe aparecer una sola.")
    declared = query_parser(struct).parameters
    values: dict[str, Any] = {}
    for name, text in pairs:
        try:
            values[name] = declared[name].convert([text])
        except ProblemError:
            received = f"«{text}»" if len(text) <= MAX_ECHO else f"un valor de {len(text)} caracteres"
            raise _invalid(f"«{name}» debe ser {ACCEPTED_VALUES[name]}; se recibió {received}.") from None
    return struct(**values)


def unknown_parameter(unknown: str, known: tuple[str, ...]) -> ProblemError:
    """Return the 422 for an unknown query parameter, with the most similar known one."""
    similar = get_close_matches(unknown.lower(), known, n=1, cutoff=0.5)
    suggestion = f" ¿Quiso decir «{similar[0]}»?" if similar else ""
    accepted = f"Se aceptan: {', '.join(known)}." if known else "Esta consulta no acepta ninguno."
    detail = f"No existe el parámetro «{unknown}».{suggestion} {accepted}"
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail, valores_aceptados=list(known))


def _invalid(detail: str) -> ProblemError:
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
