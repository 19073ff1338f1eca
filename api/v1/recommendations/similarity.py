"""What two films share, read from the tables: whoever writes SQL finds the same."""

import msgspec

from api.db.queries import Queries
from api.v1.movies.detail import find_movie
from api.v1.recommendations import reasons
from api.v1.recommendations.schemas import Similarity
from recommender.taste import Contribution


def similarity(queries: Queries, movie_id: int, other_movie_id: int) -> Similarity:
    """How well the other film suits whoever likes the first. Raises ProblemError 404 for an id that no film has."""
    films = {"movie_id": movie_id, "other_movie_id": other_movie_id}
    for one in films.values():
        find_movie(queries, one)
    (row,) = queries.rows("get_similarity", **films)
    shared = [Contribution(**term) for term in queries.rows("shared_terms", **films)]
    return msgspec.convert({**row, "reasons": reasons.group_contributions(shared)}, Similarity)
