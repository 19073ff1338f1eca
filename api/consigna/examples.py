"""An example of every answer, for the OpenAPI document, told by the same sentences as real answers."""

from datetime import date
from typing import TypeVar

import msgspec

from api.consigna import schemas as s
from api.consigna.mensajes import mensaje

Answer = TypeVar("Answer", bound=s.Respuesta)


def _told(answer: Answer) -> Answer:
    return msgspec.structs.replace(answer, mensaje=mensaje(answer))


CANTIDAD_FILMACIONES = _told(
    s.CantidadFilmaciones(mensaje="", mes="enero", cantidad=5909, cantidad_sin_placeholder=2768)
)
CANTIDAD_FILMACIONES_DIA = _told(
    s.CantidadFilmacionesDia(mensaje="", dia="lunes", cantidad=3503, cantidad_sin_placeholder=2953)
)
SCORE_TITULO = _told(
    s.ScoreTitulo(
        mensaje="",
        id=862,
        titulo="Toy Story",
        anio=1995,
        score=7.7,
        popularidad=21.946943,
        otras_coincidencias=[],
    )
)
VOTOS_TITULO = _told(
    s.VotosTitulo(
        mensaje="",
        id=597,
        titulo="Titanic",
        anio=1997,
        votos=7770,
        promedio=7.5,
        minimo_votos=2000,
        cumple_minimo=True,
        otras_coincidencias=[s.Pelicula(id=2699, titulo="Titanic", anio=1996)],
    )
)
PELICULAS_DURACION = _told(
    s.PeliculasDuracion(mensaje="", id=422, titulo="8½", anio=1963, duracion_minutos=138.0, otras_coincidencias=[])
)
RETORNO = _told(
    s.Retorno(
        mensaje="",
        id=862,
        titulo="Toy Story",
        anio=1995,
        inversion=30_000_000,
        ganancia=373_554_033,
        retorno=12.4518011,
        otras_coincidencias=[],
    )
)
RECOMENDACION = _told(
    s.Recomendacion(
        mensaje="",
        id=862,
        titulo="Toy Story",
        recomendaciones=[
            s.Recomendada(
                id=863,
                titulo="Toy Story 2",
                anio=1999,
                puntaje=0.33,
                motivos=[
                    s.Motivo(tipo="direccion", termino="John Lasseter", contribucion=0.04),
                    s.Motivo(tipo="epoca", termino="1995 y 1999", contribucion=0.05),
                    s.Motivo(tipo="votos", termino="3.914 votos", contribucion=0.24),
                ],
            )
        ],
    )
)
NOMBRE_ACTOR = _told(
    s.NombreActor(
        mensaje="",
        id=190,
        actor="Clint Eastwood",
        cantidad_peliculas=33,
        retorno_total=160.11,
        retorno_promedio=4.85,
        peliculas_dirigidas_excluidas=22,
        peliculas_con_retorno=14,
        retorno_promedio_conocido=11.44,
        retorno_mediano_conocido=3.67,
        retorno_ponderado=4.37,
        homonimos=[],
    )
)
DIRECTOR = _told(
    s.Director(
        mensaje="",
        id=7879,
        director="John Lasseter",
        cantidad_peliculas=8,
        retorno_total=25.6,
        retorno_promedio=3.2,
        homonimos=[],
        peliculas=[
            s.PeliculaDirigida(
                id=862,
                titulo="Toy Story",
                anio=1995,
                fecha_estreno=date(1995, 10, 30),
                retorno=12.4518011,
                costo=30_000_000,
                ganancia=373_554_033,
                beneficio_neto=343_554_033,
            )
        ],
    )
)
PELICULAS_IDIOMA = _told(s.PeliculasIdioma(mensaje="", idioma="es", cantidad=992))
FRANQUICIA = _told(
    s.Franquicia(
        mensaje="",
        franquicia="Toy Story Collection",
        cantidad_peliculas=3,
        ganancia_total=1_937_890_605,
        ganancia_promedio=645_963_535.0,
        peliculas_con_ganancia=3,
    )
)
PELICULAS_PAIS = _told(s.PeliculasPais(mensaje="", pais="Argentina", cantidad=254))
PRODUCTORAS_EXITOSAS = _told(
    s.ProductorasExitosas(
        mensaje="",
        productora="Pixar Animation Studios",
        cantidad_peliculas=52,
        recaudacion_total=11_188_533_734,
    )
)

NOMBRE_DESCONOCIDO = s.NombreDesconocido(
    type="urn:filmoteca:problem:not-found",
    title="No encontrado",
    status=404,
    detail="Ninguna película lleva el título «Toy Storry». ¿Buscaba «Toy Story»?",
    instance="/score-titulo/Toy%20Storry",
    sugerencias=["Toy Story", "Toy Story 2"],
)
PARAMETRO_INVALIDO = s.ParametroInvalido(
    type="urn:filmoteca:problem:unprocessable-entity",
    title="Parámetro no válido",
    status=422,
    detail="No existe el parámetro «ano». ¿Quiso decir «anio»? Se aceptan: anio, id.",
    instance="/score-titulo/Titanic",
    valores_aceptados=["anio", "id"],
)
