"""The answers to the assignment's questions. Money is in US dollars; a return is revenue / budget, without unit."""

from typing import Annotated, Self

import msgspec

from api.consigna.formatting import format_count, format_decimal, format_dollars
from api.db.queries import Row
from api.http.examples import described
from warehouse.names import country_name, language_name

Id = Annotated[int, described("Identificador de TMDB de la película.", 862)]
Titulo = Annotated[str, described("Título de la película.", "Toy Story")]
Anio = Annotated[int | None, described("Año de estreno.", 1995)]
Cantidad = Annotated[int, described("Cantidad de películas.", 12, ge=0)]
SinPlaceholder = Annotated[
    int, described("Las mismas, sin las fechadas un 1 de enero: así anota TMDB que solo sabe el año.", 10, ge=0)
]
Presupuesto = Annotated[int, described("Presupuesto; 0 si no se conoce.", 30_000_000)]
Recaudacion = Annotated[int, described("Recaudación; 0 si no se conoce.", 373_554_033)]
TOTAL = "Suma de las recaudaciones; la desconocida cuenta como 0."
RetornoPelicula = Annotated[float, described("Recaudación dividida por presupuesto; 0 si falta alguno.", 12.45)]


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


OtrasCoincidencias = Annotated[list[Pelicula], described("Otras películas con ese título, de más a menos votadas.", [])]


class RespuestaPelicula(Respuesta, frozen=True, kw_only=True):
    """Lo que tiene toda respuesta sobre una película que se busca por su título."""

    id: Id
    titulo: Titulo
    anio: Anio

    def label(self) -> str:
        """Return the film as `película «Toy Story» (1995)`."""
        return f"película «{self.titulo}» ({self.anio})"


class ScoreTitulo(RespuestaPelicula, frozen=True, kw_only=True):
    """Promedio de votos y popularidad de la película con ese título."""

    score: Annotated[float | None, described("Promedio de votos de TMDB, de 0 a 10; null sin votos.", 7.7)]
    popularidad: Annotated[float | None, described("Popularidad según TMDB, sin unidad.", 21.9)]
    otras_coincidencias: OtrasCoincidencias

    def sentence(self) -> str:
        if self.score is None:
            return f"La {self.label()} no tiene votos, y por eso no tiene puntaje."
        has_popularity = self.popularidad is not None
        popularity = f", con una popularidad de {format_decimal(self.popularidad or 0)}" if has_popularity else ""
        return f"La {self.label()} tiene un puntaje promedio de {format_decimal(self.score, 1)}{popularity}."


class VotosTitulo(RespuestaPelicula, frozen=True, kw_only=True):
    """Cantidad y promedio de votos de la película con ese título, si tiene al menos 2.000."""

    votos: Annotated[int | None, described("Cantidad de votos en TMDB; null bajo el mínimo.", 5415)]
    promedio: Annotated[float | None, described("Promedio de votos, de 0 a 10; null bajo el mínimo.", 7.7)]
    minimo_votos: Annotated[int, described("Votos que hacen falta para informarlos.", 2000)]
    cumple_minimo: Annotated[bool, described("Si la película alcanza el mínimo de votos.", True)]
    otras_coincidencias: OtrasCoincidencias

    def sentence(self) -> str:
        if not self.cumple_minimo:
            minimum = format_decimal(self.minimo_votos, 0)
            return f"La {self.label()} no alcanza los {minimum} votos que hacen falta para informarlos."
        mean = f", con un promedio de {format_decimal(self.promedio, 1)}" if self.promedio is not None else ""
        return f"La {self.label()} tiene {format_count(self.votos or 0, 'voto')}{mean}."


class PeliculasDuracion(RespuestaPelicula, frozen=True, kw_only=True):
    """Cuántos minutos dura la película con ese título."""

    duracion_minutos: Annotated[float | None, described("Duración en minutos; null si no se conoce.", 81.0)]
    otras_coincidencias: OtrasCoincidencias

    def sentence(self) -> str:
        if self.duracion_minutos is None:
            return f"No se conoce la duración de la {self.label()}."
        return f"La {self.label()} dura {format_count(round(self.duracion_minutos), 'minuto')}."


class Retorno(RespuestaPelicula, frozen=True, kw_only=True):
    """Cuánto costó y cuánto recaudó la película con ese título; lo desconocido es 0."""

    inversion: Presupuesto
    ganancia: Recaudacion
    retorno: RetornoPelicula
    otras_coincidencias: OtrasCoincidencias

    def sentence(self) -> str:
        budget, revenue = format_dollars(self.inversion), format_dollars(self.ganancia)
        if not self.inversion and not self.ganancia:
            return f"No se conocen ni la inversión ni la ganancia de la {self.label()}."
        if not self.inversion:
            return f"La {self.label()} recaudó {revenue}; no se conoce la inversión."
        if not self.ganancia:
            return f"La {self.label()} costó {budget}; no se conoce la ganancia."
        return f"La {self.label()} costó {budget} y recaudó {revenue}: un retorno de {format_decimal(self.retorno)}."


class CantidadFilmaciones(Respuesta, frozen=True, kw_only=True):
    """Cuántas películas se estrenaron en un mes, sumando todos los años."""

    mes: Annotated[str, described("Nombre del mes en español.", "enero")]
    cantidad: Cantidad
    cantidad_sin_placeholder: SinPlaceholder

    def sentence(self) -> str:
        return f"En el mes de {self.mes} {_format_releases(self.cantidad)}."


class CantidadFilmacionesDia(Respuesta, frozen=True, kw_only=True):
    """Cuántas películas se estrenaron en un día de la semana, sumando todos los años."""

    dia: Annotated[str, described("Nombre del día en español.", "lunes")]
    cantidad: Cantidad
    cantidad_sin_placeholder: SinPlaceholder

    def sentence(self) -> str:
        return f"Un {self.dia} {_format_releases(self.cantidad)}."


def _format_releases(count: int) -> str:
    return f"{'se estrenó' if count == 1 else 'se estrenaron'} {format_count(count)}"


class PeliculasIdioma(Respuesta, frozen=True, kw_only=True):
    """Cuántas películas tienen ese idioma original."""

    idioma: Annotated[str, described("Código ISO 639-1 del idioma original.", "es")]
    cantidad: Cantidad

    def sentence(self) -> str:
        name = language_name(self.idioma, "es") or self.idioma
        return f"Hay {format_count(self.cantidad)} cuyo idioma original es «{name}»."


class PeliculasPais(Respuesta, frozen=True, kw_only=True):
    """Cuántas películas produjo el país, solo o con otros."""

    pais: Annotated[str, described("Nombre del país, en español.", "Argentina")]
    codigo: Annotated[str, described("Código ISO 3166-1 del país.", "AR")]
    cantidad: Cantidad

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Return the answer with the Spanish name of the country."""
        return super().from_row({**row, "pais": country_name(row["codigo"], "es") or row["pais"]})

    def sentence(self) -> str:
        return f"Hay {format_count(self.cantidad, 'película producida')} en {self.pais}."


class Franquicia(Respuesta, frozen=True, kw_only=True):
    """Cuántas películas tiene la franquicia y cuánto recaudaron; lo desconocido cuenta como 0."""

    franquicia: Annotated[str, described("Nombre de la franquicia.", "Toy Story Collection")]
    cantidad_peliculas: Cantidad
    ganancia_total: Annotated[int, described(TOTAL, 1_937_890_605)]
    ganancia_promedio: Annotated[float, described("Ganancia total por película.", 161490883.75)]
    peliculas_con_ganancia: Annotated[int, described("Películas de recaudación conocida.", 9, ge=0)]

    def sentence(self) -> str:
        total, mean = format_dollars(self.ganancia_total), format_dollars(self.ganancia_promedio)
        gain = f"con una ganancia total de {total} y un promedio de {mean} por película"
        return f"La franquicia «{self.franquicia}» tiene {format_count(self.cantidad_peliculas)}, {gain}."


class ProductorasExitosas(Respuesta, frozen=True, kw_only=True):
    """Cuántas películas hizo la productora y cuánto recaudaron. Si TMDB la tiene más de una vez, cuentan todas."""

    productora: Annotated[str, described("Nombre de la productora.", "Pixar Animation Studios")]
    cantidad_peliculas: Cantidad
    recaudacion_total: Annotated[int, described(TOTAL, 11_188_533_734)]

    def sentence(self) -> str:
        films, revenue = format_count(self.cantidad_peliculas), format_dollars(self.recaudacion_total)
        return f"La productora «{self.productora}» participó en {films}, con una recaudación total de {revenue}."
