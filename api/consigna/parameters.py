"""The query parameters of the assignment's questions, one struct for each combination."""

from difflib import get_close_matches
from http import HTTPStatus
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.consigna.path_names import Pairs
from api.http.problems import ProblemError

Parameters = TypeVar("Parameters")

Anio = Annotated[int, Meta(ge=1, le=9999, description="Elige, entre las películas con ese título, la de este año.")]
IdPelicula = Annotated[
    int, Meta(ge=1, le=2**31 - 1, description="Elige, entre las películas con ese título, la de este id de TMDB.")
]
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


class NoParameters(msgspec.Struct, frozen=True):
    """No query parameters."""


class FilmParameters(msgspec.Struct, frozen=True):
    """Which of the films with the same title is meant."""

    anio: Anio | UnsetType = UNSET
    id: IdPelicula | UnsetType = UNSET


class RecommendationParameters(FilmParameters, frozen=True):
    """Which film is meant, and the format of its recommendations."""

    formato: Formato = "detalle"


class ActorParameters(msgspec.Struct, frozen=True):
    """Which of the actors with the same name is meant, and whether the films they directed count."""

    directores: Directores = "excluir"
    id: IdPersona | UnsetType = UNSET


class DirectorParameters(msgspec.Struct, frozen=True):
    """Which of the directors with the same name is meant."""

    id: IdPersona | UnsetType = UNSET


def parse_parameters(schema: type[Parameters], pairs: Pairs) -> Parameters:
    """Return the query parameters as a struct. Raises ProblemError 422 for a repeated or an invalid one."""
    values: dict[str, str] = {}
    for name, value in pairs:
        if name in values:
            detail = f"El parámetro «{name}» aparece más de una vez; debe aparecer una sola."
            raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
        values[name] = value
    try:
        return msgspec.convert(values, schema, strict=False)
    except msgspec.ValidationError as error:
        name = str(error).rpartition("$.")[2].rstrip("`")  # "Expected `int`, got `str` - at `$.anio`"
        detail = f"«{name}» debe ser {ACCEPTED_VALUES[name]}; se recibió «{values[name]}»."
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail) from None


def unknown_parameter(unknown: str, known: tuple[str, ...]) -> ProblemError:
    """Return the 422 for an unknown query parameter, with the most similar known one."""
    similar = get_close_matches(unknown.lower(), known, n=1, cutoff=0.5)
    suggestion = f" ¿Quiso decir «{similar[0]}»?" if similar else ""
    accepted = f"Se aceptan: {', '.join(known)}." if known else "Esta consulta no acepta ninguno."
    detail = f"No existe el parámetro «{unknown}».{suggestion} {accepted}"
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail, valores_aceptados=list(known))
