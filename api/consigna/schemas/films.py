"""Answers about one film."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from api.consigna.formatting import format_count, format_decimal, format_dollars, format_integer
from api.consigna.schemas.common import Anio, Id, Pelicula, Respuesta, Titulo
from api.http.examples import described

OtrasCoincidencias = Annotated[
    list[Pelicula], described("Las demás películas con el mismo título, de más a menos votadas.", [])
]


class RespuestaPelicula(Respuesta, frozen=True, kw_only=True):
    """Lo que tiene toda respuesta sobre una película que se busca por su título."""

    id: Id
    titulo: Titulo
    anio: Anio

    def label(self) -> str:
        """Return the film as `película «Toy Story» (1995)`."""
        year = f" ({self.anio})" if self.anio is not None else ""
        return f"película «{self.titulo}»{year}"


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
            minimum = format_integer(self.minimo_votos)
            return f"La {self.label()} no alcanza los {minimum} votos que hacen falta para informarlos."
        mean = f", con un promedio de {format_decimal(self.promedio, 1)}" if self.promedio is not None else ""
        return f"La {self.label()} tiene {format_count(self.votos or 0, 'voto', 'votos')}{mean}."


class PeliculasDuracion(RespuestaPelicula, frozen=True, kw_only=True):
    """Cuántos minutos dura la película con ese título."""

    duracion_minutos: Annotated[float | None, described("Duración en minutos; null si no se conoce.", 81.0)]
    otras_coincidencias: OtrasCoincidencias

    def sentence(self) -> str:
        if self.duracion_minutos is None:
            return f"No se conoce la duración de la {self.label()}."
        return f"La {self.label()} dura {format_count(round(self.duracion_minutos), 'minuto', 'minutos')}."


class Retorno(RespuestaPelicula, frozen=True, kw_only=True):
    """Cuánto costó y cuánto recaudó la película con ese título; lo desconocido es 0."""

    inversion: Annotated[int, described("Presupuesto; 0 si no se conoce.", 30_000_000)]
    ganancia: Annotated[int, described("Recaudación; 0 si no se conoce.", 373_554_033)]
    retorno: Annotated[float, described("Recaudación dividida por presupuesto; 0 si falta alguno.", 12.45)]
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


class Motivo(msgspec.Struct, frozen=True, kw_only=True):
    """Algo que suma al puntaje de una película recomendada."""

    tipo: Annotated[
        Literal[
            "texto", "genero", "palabra_clave", "reparto", "direccion", "franquicia", "idioma", "gustos",
            "otros_terminos", "epoca", "votos",
        ],
        described(
            "Dónde aparece lo que las dos películas comparten; `gustos`, entre quienes gustan de ambas. "
            "`otros_terminos` es lo que suman los demás términos compartidos, `epoca` la cercanía de los años de "
            "estreno y `votos` los de la recomendada, comparados con los de su época.",
            "direccion",
        ),
    ]  # fmt: skip
    termino: Annotated[str, described("Qué es, o cuántos son.", "John Lasseter")]
    contribucion: Annotated[float, described("Cuánto suma al puntaje.", 0.04)]


class Recomendada(Pelicula, frozen=True, kw_only=True):
    """Una película recomendada y por qué."""

    puntaje: Annotated[float, described("La suma de sus motivos, de 0 a 1.", 0.67)]
    motivos: Annotated[
        list[Motivo],
        Meta(
            description="Los cinco términos compartidos que más suman, de mayor a menor; después los demás términos, "
            "la época y los votos."
        ),
    ]


class Recomendacion(Respuesta, frozen=True, kw_only=True):
    """Las cinco mejores películas para quien gusta de la que tiene ese título, y por qué cada una."""

    id: Annotated[int, described("Identificador de TMDB de la película.", 863)]
    titulo: Annotated[str, described("Título de la película.", "Toy Story 2")]
    recomendaciones: Annotated[list[Recomendada], Meta(description="Hasta cinco películas, de mayor a menor puntaje.")]

    def sentence(self) -> str:
        if not self.recomendaciones:
            return f"No hay recomendaciones para «{self.titulo}»: no se conoce nada que la acerque a otra película."
        *first, last = (f"«{film.titulo}»" for film in self.recomendaciones)
        titles = f"{', '.join(first)} y {last}" if first else last
        return f"A quien le gustó «{self.titulo}» le puede gustar {titles}."
