"""What the answers have in common, and the problem documents."""

from typing import Annotated, Self

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.db.queries import Row
from api.http.examples import described
from api.http.problems import ProblemDetails

Cantidad = Annotated[int, described("Cantidad de películas.", 12, ge=0)]
Id = Annotated[int, described("Identificador de TMDB de la película.", 862)]
Titulo = Annotated[str, described("Título de la película.", "Toy Story")]
Anio = Annotated[int | None, described("Año de estreno.", 1995)]
IdPersona = Annotated[int, described("Identificador de TMDB de la persona; negativo si TMDB no le dio ninguno.", 31)]


class Respuesta(msgspec.Struct, frozen=True, kw_only=True):
    """Lo que toda respuesta tiene."""

    mensaje: Annotated[str, described("La respuesta, en una oración.", "")]

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Return the answer for a row of its query, with its sentence."""
        answer = msgspec.convert({**row, "mensaje": ""}, cls)
        return msgspec.structs.replace(answer, mensaje=answer.sentence())

    def sentence(self) -> str:
        """Return the answer as a Spanish sentence, for the field `mensaje`."""
        raise NotImplementedError


class Pelicula(msgspec.Struct, frozen=True, kw_only=True):
    """Una película, lo justo para reconocerla."""

    id: Id
    titulo: Titulo
    anio: Anio


class Homonimo(msgspec.Struct, frozen=True, kw_only=True):
    """Otra persona del mismo nombre."""

    id: IdPersona
    nombre: Annotated[str, described("Nombre de la persona.", "Tom Hanks")]
    cantidad_peliculas: Cantidad


class NombreDesconocido(ProblemDetails, frozen=True, kw_only=True, omit_defaults=True):
    """Nada tiene el nombre que se busca, o nada de lo que lo tiene coincide con los parámetros."""

    sugerencias: Annotated[
        list[str] | UnsetType, Meta(description="Los nombres más parecidos, el mejor primero; hasta cinco.")
    ] = UNSET
    coincidencias: Annotated[
        list[Pelicula] | UnsetType,
        Meta(description="Las películas con ese título, si ninguna coincide con `anio` o `id`."),
    ] = UNSET
    homonimos: Annotated[
        list[Homonimo] | UnsetType, Meta(description="Las personas con ese nombre, si ninguna tiene ese `id`.")
    ] = UNSET


class ParametroInvalido(ProblemDetails, frozen=True, kw_only=True, omit_defaults=True):
    """Un parámetro desconocido o con un valor que no puede tener."""

    valores_aceptados: Annotated[list[str] | UnsetType, Meta(description="Los valores que se aceptan.")] = UNSET
