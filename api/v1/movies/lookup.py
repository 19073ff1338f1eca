"""Looks up a film by its id."""

from http import HTTPStatus

from api.db.queries import Queries, Row
from api.http.problems import ProblemError


def find_movie(queries: Queries, movie_id: int) -> Row:
    """Return the row of a film. Raises ProblemError 404 if there is no film with this id."""
    if row := queries.first("get_movie", movie_id=movie_id):
        return row
    detail = f"No film with TMDB id {movie_id}. Search by title: /v1/search?kind=movie&q=…"
    raise ProblemError(HTTPStatus.NOT_FOUND, detail)
