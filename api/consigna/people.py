"""The answers about the returns of the films that a person acted in or directed."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from api.consigna.formatting import format_count, format_decimal
from api.consigna.schemas import Anio, Cantidad, Id, Presupuesto, Recaudacion, Respuesta, RetornoPelicula, Titulo
from api.db.queries import Row
from api.db.snapshots import Snapshot
from api.http.examples import described

IdPersona = Annotated[int, described("Identificador de TMDB de la persona; negativo si TMDB no le dio ninguno.", 31)]
RetornoTotal = Annotated[float, described("Suma de los retornos de sus películas; el desconocido cuenta como 0.", 36.5)]
RetornoPromedio = Annotated[float, described("Retorno total por película; 0 si no hay ninguna.", 3.04)]


class Homonimo(msgspec.Struct, frozen=True, kw_only=True):
    """Otra persona del mismo nombre."""

    id: IdPersona
    nombre: Annotated[str, described("Nombre de la persona.", "Tom Hanks")]
    cantidad_peliculas: Cantidad


Homonimos = Annotated[list[Homonimo], described("Otras personas de ese nombre y oficio, de más a menos películas.", [])]


class NombreActor(Respuesta, frozen=True, kw_only=True):
    """En cuántas películas actuó y qué retorno tuvieron, sin contar las que también dirigió."""

    id: IdPersona
    actor: Annotated[str, described("Nombre de la actriz o del actor.", "Tom Hanks")]
    cantidad_peliculas: Cantidad
    retorno_total: RetornoTotal
    retorno_promedio: RetornoPromedio
    peliculas_dirigidas_excluidas: Annotated[int, described("Películas que no cuentan porque las dirigió.", 2, ge=0)]
    peliculas_con_retorno: Annotated[int, described("Películas de retorno conocido.", 10, ge=0)]
    retorno_promedio_conocido: Annotated[float | None, described("Promedio de los retornos conocidos.", 3.65)]
    retorno_mediano_conocido: Annotated[float | None, described("Mediana de los retornos conocidos.", 3.1)]
    retorno_ponderado: Annotated[float | None, described("Recaudación / presupuesto, donde se conocen ambos.", 3.82)]
    homonimos: Homonimos

    def sentence(self) -> str:
        excluded = self.peliculas_dirigidas_excluidas
        verb = "cuenta" if excluded == 1 else "cuentan"
        note = f" No {verb} {format_count(excluded)} que también dirigió." if excluded else ""
        return f"{self.actor} actuó en {_format_returns(self)}.{note}"


class PeliculaDirigida(msgspec.Struct, frozen=True, kw_only=True):
    """Una película de quien la dirigió."""

    id: Id
    titulo: Titulo
    fecha_estreno: Annotated[date | None, described("Fecha de estreno.", "1995-10-30")]
    anio: Anio
    retorno: RetornoPelicula
    costo: Presupuesto
    ganancia: Recaudacion
    beneficio_neto: Annotated[int | None, described("Ganancia menos costo; null si falta alguno.", 343_554_033)]


class Director(Respuesta, frozen=True, kw_only=True):
    """Qué retorno tuvieron las películas que dirigió, y cada una con su costo, ganancia y beneficio."""

    id: IdPersona
    director: Annotated[str, described("Nombre de la directora o del director.", "John Lasseter")]
    cantidad_peliculas: Cantidad
    retorno_total: RetornoTotal
    retorno_promedio: RetornoPromedio
    homonimos: Homonimos
    peliculas: Annotated[list[PeliculaDirigida], Meta(description="Sus películas, de la más nueva a la más vieja.")]

    def sentence(self) -> str:
        return f"{self.director} dirigió {_format_returns(self)}."


def _format_returns(answer: NombreActor | Director) -> str:
    films = format_count(answer.cantidad_peliculas)
    total, mean = format_decimal(answer.retorno_total), format_decimal(answer.retorno_promedio)
    return f"{films}, con un retorno total de {total} y un promedio de {mean} por película"


def answer_director(snapshot: Snapshot, person: Row, _parameters: object) -> Director:
    """Return the answer about a director, with their films."""
    return Director.from_row({**person, "peliculas": snapshot.queries.rows("dirigidas", id=person["id"])})
