"""The assignment's questions: one row each.

To add a question, add a row here, its query `queries/<name>.sql`, whose columns are the fields of the answer, and the
answer's struct with its sentence in `schemas.py`. The parameters of the query are `$nombre` (the name in the path), the
bindings of the lookup and the query parameters. The docstring of the struct is the description in the OpenAPI document.

Change `lookups.toml` only for a kind of name that it does not have yet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from api.consigna import schemas
from api.consigna.parameters import ActorParameters, FilmParameters, PersonParameters, RecommendationParameters
from api.consigna.people import Director, NombreActor, answer_director
from api.consigna.recommendations import Recomendacion, answer_recommendations
from api.db.queries import Row
from api.db.snapshots import Snapshot
from api.http.query_parser import NoParameters

OTHER_NAMES = {
    "cantidad_filmaciones": ("cantidad_filmaciones_mes", "peliculas_mes"),
    "cantidad_filmaciones_dia": ("peliculas_dia",),
    "score_titulo": ("score", "get_score"),
    "votos_titulo": ("votos", "get_votos"),
    "peliculas_duracion": ("duracion",),
    "retorno": ("get_retorno",),
    "recomendacion": ("recomendaciones", "recomendar", "get_recomendacion"),
    "nombre_actor": ("get_actor", "actor"),
    "director": ("get_director", "nombre_director"),
    "franquicia": ("get_franquicia", "franquicias"),
    "productoras_exitosas": ("productoras", "productora"),
}
"""Names of the questions in other versions of the assignment, by name."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the assignment."""

    path: str
    path_parameter: str
    """The kind of name that follows the path, a key of `lookups.toml`."""
    summary: str
    answer: type[schemas.Respuesta]
    parameters: type[msgspec.Struct] = NoParameters
    """The query parameters."""
    build: Callable[[Snapshot, Row, Any], object] | None = None
    """Returns the body of the response, given the row of the query and the query parameters, if the answer has fields
    that are not columns of the query."""
    body_type: Any = None
    """The type of the body if it is not always the answer."""
    columns: tuple[str, ...] = ()
    """Optional columns of the raw files without which there is no answer."""

    @property
    def aliases(self) -> list[str]:
        """Other paths of the question: its names with underscores and with hyphens."""
        names = (self.name, *OTHER_NAMES.get(self.name, ()))
        paths = [f"/{name.replace(*change)}" for name in names for change in (("-", "_"), ("_", "-"))]
        return [path for path in dict.fromkeys(paths) if path != self.path]

    @property
    def name(self) -> str:
        """The operation id, and the name of the query."""
        return self.path.strip("/").replace("-", "_")


MONEY = ("movies.budget", "movies.revenue")

QUESTIONS = (
    Question("/cantidad-filmaciones", "mes", "Películas estrenadas en un mes", schemas.CantidadFilmaciones),
    Question(
        "/cantidad-filmaciones-dia",
        "dia",
        "Películas estrenadas en un día de la semana",
        schemas.CantidadFilmacionesDia,
    ),
    Question(
        "/score-titulo",
        "titulo",
        "Puntaje y popularidad de una película",
        schemas.ScoreTitulo,
        FilmParameters,
        columns=("movies.vote_average",),
    ),
    Question(
        "/votos-titulo",
        "titulo",
        "Votos de una película",
        schemas.VotosTitulo,
        FilmParameters,
        columns=("movies.vote_count",),
    ),
    Question(
        "/peliculas-duracion",
        "titulo",
        "Duración de una película",
        schemas.PeliculasDuracion,
        FilmParameters,
        columns=("movies.runtime",),
    ),
    Question(
        "/retorno",
        "titulo",
        "Inversión, ganancia y retorno de una película",
        schemas.Retorno,
        FilmParameters,
        columns=MONEY,
    ),
    Question(
        "/recomendacion",
        "titulo",
        "Cinco películas recomendadas",
        Recomendacion,
        RecommendationParameters,
        build=answer_recommendations,
        body_type=Recomendacion | list[str],
    ),
    Question(
        "/nombre_actor",
        "nombre_actor",
        "Éxito de una actriz o de un actor",
        NombreActor,
        ActorParameters,
        columns=("credits.cast", *MONEY),
    ),
    Question(
        "/director",
        "nombre_director",
        "Éxito de una directora o de un director",
        Director,
        PersonParameters,
        build=answer_director,
        columns=("credits.crew", *MONEY),
    ),
    Question(
        "/peliculas-idioma",
        "idioma",
        "Películas en un idioma",
        schemas.PeliculasIdioma,
        columns=("movies.original_language",),
    ),
    Question(
        "/franquicia",
        "franquicia",
        "Ganancia de una franquicia",
        schemas.Franquicia,
        columns=("movies.belongs_to_collection", "movies.revenue"),
    ),
    Question(
        "/peliculas-pais",
        "pais",
        "Películas de un país",
        schemas.PeliculasPais,
        columns=("movies.production_countries",),
    ),
    Question(
        "/productoras-exitosas",
        "productora",
        "Recaudación de una productora",
        schemas.ProductorasExitosas,
        columns=("movies.production_companies", "movies.revenue"),
    ),
)
