"""The films that are recommended for another, and why, in Spanish."""

from collections.abc import Iterator, Mapping

from api.consigna.mensajes import contar
from api.consigna.schemas import Motivo, Recomendada
from api.db.queries import Queries, Row
from api.v1.recommendations.answers import for_film
from recommender.index import RecommenderIndex

LIMIT = 5

TIPOS: Mapping[str, str] = {
    "text": "texto",
    "genre": "genero",
    "keyword": "palabra_clave",
    "cast": "reparto",
    "director": "direccion",
    "collection": "franquicia",
    "language": "idioma",
    "likes": "gustos",
}
"""What the recommender's fields are called."""


def recomendadas(queries: Queries, recommender: RecommenderIndex, movie_id: int) -> list[Recomendada]:
    """The first five films for whoever likes this one."""
    return [
        Recomendada(
            id=row["movie_id"],
            titulo=row["title"],
            anio=row["release_year"],
            puntaje=row["score"],
            motivos=[
                Motivo(tipo=tipo, termino=termino, contribucion=adds)  # type: ignore[arg-type]
                for tipo, termino, adds in _motivos(row)
            ],
        )
        for row in for_film(queries, recommender, movie_id, LIMIT)
    ]


def _motivos(row: Row) -> Iterator[tuple[str, str, float]]:
    """All that adds to the score of a row of `recommended_movies`."""
    for reason in row["reasons"]:
        users = contar(int(reason["term"]), "usuario", "usuarios") if reason["field"] == "likes" else None
        yield TIPOS[reason["field"]], users or reason["term"], reason["contribution"]
    if row["other_terms_score"]:
        yield "otros_terminos", "otros términos", row["other_terms_score"]
    yield "epoca", str(row["release_year"]), row["year_score"]
    yield "votos", contar(row["tmdb_vote_count"] or 0, "voto", "votos"), row["prior_score"]
