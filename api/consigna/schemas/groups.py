"""Answers about the films of a month, a weekday, a language, a country, a franchise or a company."""

from typing import Annotated

from api.consigna.formatting import format_count, format_dollars, format_films
from api.consigna.schemas.common import Cantidad, Respuesta
from api.http.examples import described

SinPlaceholder = Annotated[
    int, described("Las mismas, sin las fechadas un 1 de enero: así anota TMDB que solo sabe el año.", 10, ge=0)
]


def _format_releases(count: int) -> str:
    return f"{'se estrenó' if count == 1 else 'se estrenaron'} {format_films(count)}"


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


class PeliculasIdioma(Respuesta, frozen=True, kw_only=True):
    """Cuántas películas tienen ese idioma original."""

    idioma: Annotated[str, described("Código ISO 639-1 del idioma original.", "es")]
    cantidad: Cantidad

    def sentence(self) -> str:
        return f"Hay {format_films(self.cantidad)} cuyo idioma original es «{self.idioma}»."


class PeliculasPais(Respuesta, frozen=True, kw_only=True):
    """Cuántas películas produjo el país, solo o con otros."""

    pais: Annotated[str, described("Nombre del país, en inglés.", "Argentina")]
    cantidad: Cantidad

    def sentence(self) -> str:
        return f"Hay {format_count(self.cantidad, 'película producida', 'películas producidas')} en {self.pais}."


class Franquicia(Respuesta, frozen=True, kw_only=True):
    """Cuántas películas tiene la franquicia y cuánto recaudaron; lo desconocido cuenta como 0."""

    franquicia: Annotated[str, described("Nombre de la franquicia.", "Toy Story Collection")]
    cantidad_peliculas: Cantidad
    ganancia_total: Annotated[int, described("Suma de las recaudaciones; la desconocida cuenta como 0.", 1_937_890_605)]
    ganancia_promedio: Annotated[
        float, described("Ganancia total dividida por la cantidad de películas.", 161490883.75)
    ]
    peliculas_con_ganancia: Annotated[int, described("Películas de recaudación conocida.", 9, ge=0)]

    def sentence(self) -> str:
        total, mean = format_dollars(self.ganancia_total), format_dollars(self.ganancia_promedio)
        films = format_films(self.cantidad_peliculas)
        gain = f"con una ganancia total de {total} y un promedio de {mean} por película"
        return f"La franquicia «{self.franquicia}» tiene {films}, {gain}."


class ProductorasExitosas(Respuesta, frozen=True, kw_only=True):
    """Cuántas películas hizo la productora y cuánto recaudaron. Si TMDB la tiene más de una vez, cuentan todas."""

    productora: Annotated[str, described("Nombre de la productora.", "Pixar Animation Studios")]
    cantidad_peliculas: Cantidad
    recaudacion_total: Annotated[
        int, described("Suma de las recaudaciones; la desconocida cuenta como 0.", 11_188_533_734)
    ]

    def sentence(self) -> str:
        films, revenue = format_films(self.cantidad_peliculas), format_dollars(self.recaudacion_total)
        return f"La productora «{self.productora}» participó en {films}, con una recaudación total de {revenue}."
