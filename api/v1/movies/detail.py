"""One film with the parts of `include`."""

from collections.abc import Collection

import msgspec

from api.db.queries import Queries, Row
from api.db.snapshots import Snapshot
from api.http.problems import not_found
from api.v1.movies.schemas import ENTITY_PARTS, CastCredit, Credits, CrewCredit, MovieDetail
from api.v1.recommended_movies import recommend_for_movie
from recommender.index import RecommenderIndex

PARTS = (*ENTITY_PARTS, "credits", "ratings", "links", "recommendations")
RECOMMENDATION_COUNT = 10
"""Recommendations in a film's response; their own endpoint has all."""


def find_movie(queries: Queries, movie_id: int) -> Row:
    """Return the row of a film. Raises ProblemError 404 if there is no film with this id."""
    if row := queries.first("get_movie", movie_id=movie_id):
        return row
    raise not_found(f"No film with TMDB id {movie_id}. Search by title: /v1/search?kind=movie&q=…")


def add_parts(movie: Row, snapshot: Snapshot, parts: Collection[str] = ()) -> MovieDetail:
    """Return a film with these parts."""
    queries, movie_id = snapshot.queries, movie["movie_id"]
    if kinds := {part: kind for part, kind in ENTITY_PARTS.items() if part in parts}:
        entities = queries.rows("movie_entities", movie_id=movie_id)
        movie |= {part: [kind.to_public(one) for one in kind.select(entities)] for part, kind in kinds.items()}
    if "credits" in parts:
        movie["credits"] = get_credits(queries, movie_id)
    if "ratings" in parts:
        movie["ratings"] = queries.first("movie_ratings", movie_id=movie_id)
    if "links" in parts:
        movie["links"] = queries.rows("movie_links", movie_id=movie_id)
    if "recommendations" in parts:
        recommender = snapshot.resource(RecommenderIndex)
        movie["recommendations"] = recommend_for_movie(queries, recommender, movie_id, RECOMMENDATION_COUNT)
    return msgspec.convert(movie, MovieDetail)


def get_credits(queries: Queries, movie_id: int) -> Credits:
    """Return the cast and crew of a film."""
    return Credits(
        cast=queries.all(CastCredit, "movie_cast", movie_id=movie_id),
        crew=queries.all(CrewCredit, "movie_crew", movie_id=movie_id),
    )
