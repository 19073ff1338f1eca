"""One film, with the parts that were asked for."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from api.db.queries import Queries, Row
from api.http.problems import ProblemError
from api.v1.movies.schemas import CastCredit, Credits, CrewCredit, MovieDetail
from api.v1.recommendations.answers import for_film
from recommender.index import RecommenderIndex

PARTS = (
    "genres", "keywords", "companies", "countries", "spoken_languages",
    "credits", "ratings", "links", "recommendations",
)  # fmt: skip
RECOMMENDATIONS = 10
"""How many recommendations come along with a film; its own resource has them all."""

Include = Annotated[
    list[Literal[PARTS]] | None,  # type: ignore[valid-type]
    QueryParameter(
        description="Parts to answer along with the film, separated by commas.",
        examples=[Example(value=["genres", "credits"])],
    ),
]


def movie(queries: Queries, recommender: RecommenderIndex, movie_id: int, parts: list[str]) -> MovieDetail:
    """The film with these parts. Raises ProblemError 404 for an id that no film has."""
    row = known_movie(queries, movie_id)
    return msgspec.convert(
        {**row, **{part: _part(queries, recommender, part, movie_id) for part in parts}}, MovieDetail
    )


def known_movie(queries: Queries, movie_id: int) -> Row:
    """The row of the film. Raises ProblemError 404 for an id that no film has."""
    if row := queries.first("get_movie", movie_id=movie_id):
        return row
    raise ProblemError(
        HTTPStatus.NOT_FOUND,
        f"No film has the id {movie_id}. Ids are TMDB's; /v1/search?q=… finds a film by its title.",
    )


def credits_of(queries: Queries, movie_id: int) -> Credits:
    """Cast and crew of a film."""
    return Credits(
        cast=queries.all(CastCredit, "movie_cast", movie_id=movie_id),
        crew=queries.all(CrewCredit, "movie_crew", movie_id=movie_id),
    )


def _part(queries: Queries, recommender: RecommenderIndex, part: str, movie_id: int) -> Any:
    if part == "credits":
        return credits_of(queries, movie_id)
    if part == "ratings":
        return queries.first("movie_ratings", movie_id=movie_id)
    if part == "recommendations":
        return for_film(queries, recommender, movie_id, RECOMMENDATIONS)
    return queries.rows(f"movie_{part}", movie_id=movie_id)
