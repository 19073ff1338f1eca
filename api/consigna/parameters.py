"""What the assignment's questions take: their parameters, bounds, and what to say when one is wrong."""

from dataclasses import dataclass
from typing import Annotated, Literal

from litestar.openapi.spec import Example
from litestar.params import PathParameter, QueryParameter

from api.consigna.path_names import AnyRequest, TypedName, typed_name

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")

PARAMETER_RULES = {
    "anio": "«anio» debe ser un año, un entero de 1 a 9999; por ejemplo, ?anio=1997.",
    **dict.fromkeys(
        ("id", "identificador"), "«id» debe ser uno de los que dan las respuestas, un entero; por ejemplo, ?id=862."
    ),
    "directores": "«directores» debe ser «excluir» o «incluir».",
    "formato": "«formato» debe ser «detalle» o «lista».",
    **dict.fromkeys(
        (
            "titulo",
            "nombre_actor",
            "nombre_director",
            "franquicia",
            "productora",
            "pais",
            "idioma",
            "mes",
            "dia",
        ),
        "El nombre que se busca debe tener de 1 a 300 caracteres.",
    ),
}


def _name(description: str, *examples: str, accepted: tuple[str, ...] = ()) -> PathParameter:
    """A name in a path. `accepted` documents the plain forms; the marts know all forms of a month or day."""
    return PathParameter(
        description=description,
        min_length=1,
        max_length=300,
        examples=[Example(value=example) for example in examples],
        schema_extra={"enum": list(accepted)} if accepted else None,
    )


Titulo = Annotated[
    str,
    _name(
        "Título de la película, en inglés u original. Admite barras, tildes, signos y otras escrituras.",
        "Toy Story", "Face/Off", "8½",
    ),
]  # fmt: skip
NombreActor = Annotated[str, _name("Nombre de la actriz o del actor.", "Tom Hanks", "Clint Eastwood")]
NombreDirector = Annotated[str, _name("Nombre de la directora o del director.", "John Lasseter", "Sofia Coppola")]
Franquicia = Annotated[str, _name("Nombre de la franquicia.", "Toy Story Collection", "V/H/S Collection")]
Productora = Annotated[str, _name("Nombre de la productora.", "Pixar Animation Studios")]
Pais = Annotated[str, _name("Nombre del país en inglés o código ISO 3166-1 de dos letras.", "Argentina", "ar")]
Idioma = Annotated[str, _name("Código ISO 639-1 del idioma, o su nombre en ese idioma.", "es", "Français")]
Mes = Annotated[
    str,
    _name(
        "Mes en español o inglés, entero o con tres letras, o su número, del 1 al 12.",
        "enero",
        accepted=(*MONTHS, *map(str, range(1, 13))),
    ),
]  # fmt: skip
Dia = Annotated[
    str,
    _name(
        "Día de la semana en español o inglés, entero o con tres letras, o su número, del 1 (lunes) al 7.",
        "lunes",
        accepted=(*WEEKDAYS, *map(str, range(1, 8))),
    ),
]  # fmt: skip

Anio = Annotated[
    int | None,
    QueryParameter(ge=1, le=9999, description="Elige, entre las películas que llevan el título, la de este año."),
]
IdPelicula = Annotated[
    int | None,
    QueryParameter(
        name="id",
        ge=1,
        le=2**31 - 1,
        description="Elige, entre las que llevan el título, la de este identificador de TMDB.",
    ),
]
IdPersona = Annotated[
    int | None,
    QueryParameter(
        name="id",
        ge=-(2**63),
        le=2**63 - 1,
        description="Elige, entre quienes llevan el nombre, a quien tiene este identificador.",
    ),
]
Directores = Annotated[
    Literal["excluir", "incluir"],
    QueryParameter(description="Si cuentan las películas que dirigió la misma persona. La consigna las excluye."),
]
Formato = Annotated[
    Literal["detalle", "lista"],
    QueryParameter(description="«lista» responde solo con la lista JSON de los títulos recomendados."),
]


@dataclass(frozen=True, slots=True)
class FilmAsked:
    """A film that is asked for by its title."""

    name: TypedName
    choice: dict[str, int | None]
    """What chooses among the films of that title: `anio`, `id`."""


def provide_film(request: AnyRequest, titulo: Titulo, anio: Anio = None, identificador: IdPelicula = None) -> FilmAsked:
    """The film that a request asks for."""
    return FilmAsked(typed_name(request, titulo), {"anio": anio, "id": identificador})
