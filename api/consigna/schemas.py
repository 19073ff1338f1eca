"""The answers to the assignment's questions. Money in US dollars; a return is revenue / budget, without unit.

Where the assignment asks for 0 instead of unknown, the description says so; elsewhere unknown is null.
"""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from api.http.problems import ProblemDetails

Mensaje = Annotated[str, Meta(description="La respuesta, en una oración.")]
Id = Annotated[int, Meta(description="Identificador de TMDB de la película.", examples=[862])]
Titulo = Annotated[str, Meta(description="Título de la película.", examples=["Toy Story"])]
Anio = Annotated[int | None, Meta(description="Año de estreno.", examples=[1995])]
IdPersona = Annotated[
    int,
    Meta(description="Identificador de TMDB de la persona; negativo si TMDB no le dio ninguno.", examples=[31]),
]
Cantidad = Annotated[int, Meta(description="Cantidad de películas.", ge=0, examples=[12])]
RetornoTotal = Annotated[
    float,
    Meta(description="Suma de los retornos de sus películas; el desconocido cuenta como 0.", examples=[36.5]),
]
RetornoPromedio = Annotated[
    float,
    Meta(
        description="Retorno total dividido por la cantidad de películas; 0 si no hay ninguna.",
        examples=[3.04],
    ),
]


class Respuesta(msgspec.Struct, frozen=True, kw_only=True):
    """Lo que toda respuesta tiene."""

    mensaje: Mensaje


class Pelicula(msgspec.Struct, frozen=True, kw_only=True):
    """Una película, lo justo para reconocerla."""

    id: Id
    titulo: Titulo
    anio: Anio


OtrasCoincidencias = Annotated[
    list[Pelicula],
    Meta(description="Las demás películas que llevan el mismo título, de más a menos votadas."),
]


class RespuestaPelicula(Respuesta, frozen=True, kw_only=True):
    """Lo que tiene toda respuesta sobre una película que se busca por su título."""

    id: Id
    titulo: Titulo
    anio: Anio


class CantidadFilmaciones(Respuesta, frozen=True, kw_only=True):
    """Cuántas películas se estrenaron en un mes, en toda la historia."""

    mes: Annotated[str, Meta(description="Nombre del mes en español.", examples=["enero"])]
    cantidad: Cantidad
    cantidad_sin_placeholder: Annotated[
        int,
        Meta(
            description="Las mismas, sin las fechadas un 1 de enero: así anota TMDB que solo sabe el año.",
            ge=0,
        ),
    ]


class CantidadFilmacionesDia(Respuesta, frozen=True, kw_only=True):
    """Cuántas películas se estrenaron en un día de la semana, en toda la historia."""

    dia: Annotated[str, Meta(description="Nombre del día en español.", examples=["lunes"])]
    cantidad: Cantidad
    cantidad_sin_placeholder: Annotated[
        int,
        Meta(
            description="Las mismas, sin las fechadas un 1 de enero: así anota TMDB que solo sabe el año.",
            ge=0,
        ),
    ]


class ScoreTitulo(RespuestaPelicula, frozen=True, kw_only=True):
    """Puntaje y popularidad de una película."""

    score: Annotated[
        float | None,
        Meta(description="Promedio de votos de TMDB, de 0 a 10; null sin votos.", examples=[7.7]),
    ]
    popularidad: Annotated[float | None, Meta(description="Popularidad según TMDB, sin unidad.", examples=[21.9])]
    otras_coincidencias: OtrasCoincidencias


class VotosTitulo(RespuestaPelicula, frozen=True, kw_only=True):
    """Votos de una película, si alcanza el mínimo."""

    votos: Annotated[int | None, Meta(description="Cantidad de votos en TMDB; null bajo el mínimo.", examples=[5415])]
    promedio: Annotated[
        float | None, Meta(description="Promedio de votos, de 0 a 10; null bajo el mínimo.", examples=[7.7])
    ]
    minimo_votos: Annotated[int, Meta(description="Votos que hacen falta para informarlos.", examples=[2000])]
    cumple_minimo: Annotated[bool, Meta(description="Si la película alcanza el mínimo de votos.", examples=[True])]
    otras_coincidencias: OtrasCoincidencias


class PeliculasDuracion(RespuestaPelicula, frozen=True, kw_only=True):
    """Cuánto dura una película."""

    duracion_minutos: Annotated[
        float | None, Meta(description="Duración en minutos; null si no se conoce.", examples=[81.0])
    ]
    otras_coincidencias: OtrasCoincidencias


class Retorno(RespuestaPelicula, frozen=True, kw_only=True):
    """Qué costó y qué recaudó una película."""

    inversion: Annotated[int, Meta(description="Presupuesto; 0 si no se conoce.", examples=[30000000])]
    ganancia: Annotated[int, Meta(description="Recaudación; 0 si no se conoce.", examples=[373554033])]
    retorno: Annotated[
        float, Meta(description="Recaudación dividida por presupuesto; 0 si falta alguno.", examples=[12.45])
    ]
    otras_coincidencias: OtrasCoincidencias


class Motivo(msgspec.Struct, frozen=True, kw_only=True):
    """Algo que suma al puntaje de una película recomendada."""

    tipo: Annotated[
        Literal[
            "texto", "genero", "palabra_clave", "reparto", "direccion", "franquicia", "idioma", "gustos",
            "otros_terminos", "epoca", "votos",
        ],
        Meta(
            description="Dónde aparece lo que las dos películas comparten; `gustos`, entre quienes gustan de ambas. "
            "`otros_terminos` es lo que suman los demás términos compartidos, `epoca` la cercanía de los años de "
            "estreno y `votos` los de la recomendada, comparados con los de su época."
        ),
    ]  # fmt: skip
    termino: Annotated[str, Meta(description="Qué es, o cuántos son.", examples=["John Lasseter"])]
    contribucion: Annotated[float, Meta(description="Cuánto suma al puntaje.", examples=[0.04])]


class Recomendada(Pelicula, frozen=True, kw_only=True):
    """Una película recomendada y por qué."""

    puntaje: Annotated[float, Meta(description="La suma de sus motivos, de 0 a 1.", examples=[0.67])]
    motivos: Annotated[
        list[Motivo],
        Meta(
            description="Los cinco términos compartidos que más suman, de mayor a menor; después los demás términos, "
            "la época y los votos."
        ),
    ]


class Recomendacion(Respuesta, frozen=True, kw_only=True):
    """Las películas recomendadas para quien gusta de una."""

    id: Id
    titulo: Titulo
    recomendaciones: Annotated[list[Recomendada], Meta(description="Hasta cinco películas, de mayor a menor puntaje.")]


class Homonimo(msgspec.Struct, frozen=True, kw_only=True):
    """Otra persona del mismo nombre."""

    id: IdPersona
    nombre: Annotated[str, Meta(description="Nombre de la persona.", examples=["Tom Hanks"])]
    cantidad_peliculas: Cantidad


Homonimos = Annotated[
    list[Homonimo], Meta(description="Otras personas del mismo nombre y oficio, de más a menos películas.")
]


class NombreActor(Respuesta, frozen=True, kw_only=True):
    """El éxito de una actriz o de un actor, medido por el retorno de sus películas."""

    id: IdPersona
    actor: Annotated[str, Meta(description="Nombre de la actriz o del actor.", examples=["Tom Hanks"])]
    cantidad_peliculas: Cantidad
    retorno_total: RetornoTotal
    retorno_promedio: RetornoPromedio
    peliculas_dirigidas_excluidas: Annotated[
        int, Meta(description="Películas en las que actuó y que no cuentan porque también las dirigió.", ge=0)
    ]
    peliculas_con_retorno: Annotated[int, Meta(description="Películas de retorno conocido.", ge=0)]
    retorno_promedio_conocido: Annotated[
        float | None, Meta(description="Promedio de los retornos conocidos; null si no hay ninguno.")
    ]
    retorno_mediano_conocido: Annotated[
        float | None, Meta(description="Mediana de los retornos conocidos; null si no hay ninguno.")
    ]
    retorno_ponderado: Annotated[
        float | None,
        Meta(description="Recaudación total dividida por presupuesto total, donde se conocen ambos."),
    ]
    homonimos: Homonimos


class PeliculaDirigida(msgspec.Struct, frozen=True, kw_only=True):
    """Una película de quien la dirigió."""

    id: Id
    titulo: Titulo
    fecha_estreno: Annotated[date | None, Meta(description="Fecha de estreno.", examples=["1995-10-30"])]
    anio: Anio
    retorno: Annotated[float, Meta(description="Recaudación dividida por presupuesto; 0 si falta alguno.")]
    costo: Annotated[int, Meta(description="Presupuesto; 0 si no se conoce.")]
    ganancia: Annotated[int, Meta(description="Recaudación, como la entiende la consigna; 0 si no se conoce.")]
    beneficio_neto: Annotated[int | None, Meta(description="Recaudación menos presupuesto; null si falta alguno.")]


class Director(Respuesta, frozen=True, kw_only=True):
    """El éxito de quien dirige, medido por el retorno de sus películas, y cada una de ellas."""

    id: IdPersona
    director: Annotated[str, Meta(description="Nombre de la directora o del director.", examples=["John Lasseter"])]
    cantidad_peliculas: Cantidad
    retorno_total: RetornoTotal
    retorno_promedio: RetornoPromedio
    homonimos: Homonimos
    peliculas: Annotated[list[PeliculaDirigida], Meta(description="Sus películas, de la más nueva a la más vieja.")]


class PeliculasIdioma(Respuesta, frozen=True, kw_only=True):
    """Cuántas películas se hicieron en un idioma."""

    idioma: Annotated[str, Meta(description="Código ISO 639-1 del idioma original.", examples=["es"])]
    cantidad: Cantidad


class PeliculasPais(Respuesta, frozen=True, kw_only=True):
    """Cuántas películas produjo un país, solo o con otros."""

    pais: Annotated[str, Meta(description="Nombre del país, en inglés.", examples=["Argentina"])]
    cantidad: Cantidad


class Franquicia(Respuesta, frozen=True, kw_only=True):
    """Qué recaudó una franquicia."""

    franquicia: Annotated[str, Meta(description="Nombre de la franquicia.", examples=["Toy Story Collection"])]
    cantidad_peliculas: Cantidad
    ganancia_total: Annotated[int, Meta(description="Suma de las recaudaciones; la desconocida cuenta como 0.")]
    ganancia_promedio: Annotated[float, Meta(description="Ganancia total dividida por la cantidad de películas.")]
    peliculas_con_ganancia: Annotated[int, Meta(description="Películas de recaudación conocida.", ge=0)]


class ProductorasExitosas(Respuesta, frozen=True, kw_only=True):
    """Qué recaudó una productora."""

    productora: Annotated[str, Meta(description="Nombre de la productora.", examples=["Pixar Animation Studios"])]
    cantidad_peliculas: Cantidad
    recaudacion_total: Annotated[int, Meta(description="Suma de las recaudaciones; la desconocida cuenta como 0.")]


class NombreDesconocido(ProblemDetails, frozen=True, kw_only=True, omit_defaults=True):
    """Nadie lleva el nombre que se busca, o nadie de quienes lo llevan es el elegido."""

    sugerencias: Annotated[
        list[str] | UnsetType, Meta(description="Los nombres más parecidos, el mejor primero; hasta cinco.")
    ] = UNSET
    coincidencias: Annotated[
        list[Pelicula] | UnsetType,
        Meta(description="Las películas que llevan el título, si ninguna es la elegida."),
    ] = UNSET
    homonimos: Annotated[
        list[Homonimo] | UnsetType,
        Meta(description="Quienes llevan el nombre, si nadie es la persona elegida."),
    ] = UNSET


class ParametroInvalido(ProblemDetails, frozen=True, kw_only=True, omit_defaults=True):
    """Un parámetro desconocido o con un valor que no puede tener."""

    valores_aceptados: Annotated[list[str] | UnsetType, Meta(description="Los valores que se aceptan.")] = UNSET
