"""One film with the parts of `include`."""

from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from api.db.queries import Queries, Row
from api.db.snapshots import Snapshot
from api.http.parameters import list_of, query_parameter
from api.v1.entity_kinds import KINDS_BY_NAME
from api.v1.explain import ExplainParams
from api.v1.movies.schemas import CastCredit, Credits, CrewCredit, MovieDetail
from api.v1.recommended_movies import recommend_for_movie
from recommender.index import RecommenderIndex

ENTITY_PARTS = {
    "genres": "genre",
    "keywords": "keyword",
    "companies": "company",
    "countries": "country",
    "spoken_languages": "language",
}
"""Part to the kind of its entities."""
PARTS = (*ENTITY_PARTS, "credits", "ratings", "links", "recommendations")
RECOMMENDATION_COUNT = 10
"""Recommendations in a film's response; their own endpoint has all."""

_Include = query_parameter(list_of(PARTS), "Parts to include in the film, separated by commas.", ["genres", "credits"])


class MovieParams(ExplainParams, frozen=True, kw_only=True):
    """Which parts of a film to return."""

    include: _Include = None  # type: ignore[valid-type]


def add_parts(movie: Row, snapshot: Snapshot, parts: Collection[str] = ()) -> MovieDetail:
    """Return a film with these parts."""
    queries, movie_id = snapshot.queries, movie["movie_id"]
    movie |= _entities(queries, movie_id, [part for part in parts if part in ENTITY_PARTS])
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


def _entities(queries: Queries, movie_id: int, parts: Iterable[str]) -> dict[str, Any]:
    kinds = {part: KINDS_BY_NAME[ENTITY_PARTS[part]] for part in parts}
    rows = queries.rows("movie_entities", movie_id=movie_id) if kinds else []
    return {part: [kind.to_public(row) for row in kind.select(rows)] for part, kind in kinds.items()}
