"""The assignment's questions: one row each.

To add a question, add a row here, its query `queries/<name>.sql`, whose columns are the fields of the answer, and the
answer's struct with its sentence in `schemas/`. The parameters of the query are `$nombre` (the name in the path), the
bindings of the lookup and the query parameters. The docstring of the struct is the description in the OpenAPI document.

Change `lookups.py` only for a kind of name that has no `Lookup` yet. It needs the query of similar names in
`suggestions`, or all names in `accepted`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from api.consigna.lookups import ACTOR, DIA, DIRECTOR, FRANQUICIA, IDIOMA, MES, PAIS, PRODUCTORA, TITULO, Lookup
from api.consigna.parameters import RecommendationParameters
from api.consigna.recommendations import recommend_films
from api.consigna.schemas import films, groups, people
from api.consigna.schemas.common import Respuesta
from api.db.queries import Queries, Row
from recommender.index import RecommenderIndex


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the assignment."""

    path: str
    summary: str
    lookup: Lookup
    answer: type[Respuesta]
    parameters: type[msgspec.Struct] | None = None
    """The query parameters, if they are not those of the lookup."""
    details: Callable[[Queries, RecommenderIndex, Row], Row] = lambda _queries, _recommender, _row: {}
    """Returns the fields of the answer that are not columns of its query, given the row of the query."""
    body: Callable[[Any, Any], object] = lambda answer, _parameters: answer
    """Returns the body of the response, given the answer and the query parameters."""
    body_type: Any = None
    """The type of the body, if it is not always the answer."""

    @property
    def name(self) -> str:
        """The operation id, and the name of the query."""
        return self.path.strip("/").replace("-", "_")


def _recommendations(queries: Queries, recommender: RecommenderIndex, row: Row) -> Row:
    return {"recomendaciones": recommend_films(queries, recommender, row["id"])}


def _recommendations_or_titles(answer: films.Recomendacion, parameters: RecommendationParameters) -> object:
    return [film.titulo for film in answer.recomendaciones] if parameters.formato == "lista" else answer


def _directed_films(queries: Queries, _recommender: RecommenderIndex, row: Row) -> Row:
    return {"peliculas": queries.rows("dirigidas", id=row["id"])}


QUESTIONS = (
    Question("/cantidad-filmaciones", "Películas estrenadas en un mes", MES, groups.CantidadFilmaciones),
    Question(
        "/cantidad-filmaciones-dia", "Películas estrenadas en un día de la semana", DIA, groups.CantidadFilmacionesDia
    ),
    Question("/score-titulo", "Puntaje y popularidad de una película", TITULO, films.ScoreTitulo),
    Question("/votos-titulo", "Votos de una película", TITULO, films.VotosTitulo),
    Question("/peliculas-duracion", "Duración de una película", TITULO, films.PeliculasDuracion),
    Question("/retorno", "Inversión, ganancia y retorno de una película", TITULO, films.Retorno),
    Question(
        "/recomendacion",
        "Cinco películas recomendadas",
        TITULO,
        films.Recomendacion,
        parameters=RecommendationParameters,
        details=_recommendations,
        body=_recommendations_or_titles,
        body_type=films.Recomendacion | list[str],
    ),
    Question("/nombre_actor", "Éxito de una actriz o de un actor", ACTOR, people.NombreActor),
    Question(
        "/director", "Éxito de una directora o de un director", DIRECTOR, people.Director, details=_directed_films
    ),
    Question("/peliculas-idioma", "Películas en un idioma", IDIOMA, groups.PeliculasIdioma),
    Question("/franquicia", "Ganancia de una franquicia", FRANQUICIA, groups.Franquicia),
    Question("/peliculas-pais", "Películas de un país", PAIS, groups.PeliculasPais),
    Question("/productoras-exitosas", "Recaudación de una productora", PRODUCTORA, groups.ProductorasExitosas),
)
