"""Recommendations for a film, with their reasons in Spanish."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.consigna.formatting import format_count
from api.consigna.schemas.films import Motivo, Recomendada
from api.db.queries import Queries, Row
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
    "likes": "gustos",
}
"""Spanish names of the recommender's fields."""


def recommend_films(queries: Queries, recommender: RecommenderIndex, movie_id: int) -> list[Recomendada]:
    """Return the five best recommendations for someone who likes the film, with their reasons."""
    return [
        Recomendada(
            id=row["movie_id"],
            titulo=row["title"],
            anio=row["release_year"],
            puntaje=row["score"],
            motivos=list(_list_reasons(row)),
        )
        for row in recommend_for_movie(queries, recommender, movie_id, LIMIT)
    ]


def _list_reasons(row: Row) -> Iterator[Motivo]:
    """Yield everything that adds to the score of a row of `recommended_movies`."""
    for reason in row["reasons"]:
        is_likes = reason["field"] == "likes"
        term = format_count(int(reason["term"]), "usuario", "usuarios") if is_likes else reason["term"]
        yield Motivo(tipo=REASON_TYPES[reason["field"]], termino=term, contribucion=reason["contribution"])
    if row["other_terms_score"]:
        yield Motivo(tipo="otros_terminos", termino="otros términos", contribucion=row["other_terms_score"])
    yield Motivo(tipo="epoca", termino=str(row["release_year"]), contribucion=row["year_score"])
    votes = format_count(row["tmdb_vote_count"] or 0, "voto", "votos")
    yield Motivo(tipo="votos", termino=votes, contribucion=row["prior_score"])
