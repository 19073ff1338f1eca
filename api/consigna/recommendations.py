"""The answer with recommendations for a film, and their reasons in Spanish."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from api.consigna.formatting import format_count
from api.consigna.parameters import RecommendationParameters
from api.consigna.schemas import Pelicula, Respuesta
from api.db.queries import Row
from api.db.snapshots import Snapshot
from api.http.examples import described
from api.v1.recommended_movies import recommend_for_movie
from recommender.index import RecommenderIndex

LIMIT = 5
"""Number of films that the assignment asks for."""

REASON_TYPES: Mapping[str, Any] = {
    "text": "texto",
    "genre": "genero",
    "keyword": "palabra_clave",
    "cast": "reparto",
    "director": "direccion",
    "collection": "franquicia",
    "language": "idioma",
    "country": "pais",
    "likes": "gustos",
}
"""Spanish names of the recommender's fields."""


class Motivo(msgspec.Struct, frozen=True, kw_only=True):
    """Algo que suma al puntaje de una película recomendada."""

    tipo: Annotated[
        Literal[
            "texto", "genero", "palabra_clave", "reparto", "direccion", "franquicia", "idioma", "pais", "gustos",
            "otros_terminos", "epoca", "votos",
        ],
        described(
            "Qué comparten las dos películas; `gustos`, el público. `otros_terminos` es lo que suman los demás, "
            "`epoca` la cercanía de los años y `votos` los de la recomendada, comparados con los de su época.",
            "direccion",
        ),
    ]  # fmt: skip
    termino: Annotated[str, described("Qué es, o cuántos son.", "John Lasseter")]
    contribucion: Annotated[float, described("Cuánto suma al puntaje.", 0.04)]


class Recomendada(Pelicula, frozen=True, kw_only=True):
    """Una película recomendada y por qué."""

    puntaje: Annotated[float, described("La suma de sus motivos, de 0 a 1.", 0.67)]
    motivos: Annotated[list[Motivo], Meta(description="Los cinco mayores, los demás términos, la época y los votos.")]


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


def answer_recommendations(
    snapshot: Snapshot, film: Row, parameters: RecommendationParameters
) -> Recomendacion | list[str]:
    """Return five recommendations for someone who likes the film, with their reasons, or only their titles."""
    recommender = snapshot.resource(RecommenderIndex)
    films = [
        Recomendada(
            id=row["movie_id"],
            titulo=row["title"],
            anio=row["release_year"],
            puntaje=row["score"],
            motivos=list(_list_reasons(row)),
        )
        for row in recommend_for_movie(snapshot.queries, recommender, film["id"], LIMIT)
    ]
    if parameters.formato == "lista":
        return [one.titulo for one in films]
    return Recomendacion.from_row({**film, "recomendaciones": films})


def _list_reasons(row: Row) -> Iterator[Motivo]:
    """Yield everything that adds to the score of a row of `recommended_movies`."""
    for reason in row["reasons"]:
        term = format_count(int(reason["term"]), "usuario") if reason["field"] == "likes" else reason["term"]
        yield Motivo(tipo=REASON_TYPES[reason["field"]], termino=term, contribucion=reason["contribution"])
    if row["other_terms_score"]:
        yield Motivo(tipo="otros_terminos", termino="otros términos", contribucion=row["other_terms_score"])
    yield Motivo(tipo="epoca", termino=str(row["release_year"]), contribucion=row["year_score"])
    votes = format_count(row["tmdb_vote_count"] or 0, "voto")
    yield Motivo(tipo="votos", termino=votes, contribucion=row["prior_score"])
