"""Data for sections of the pages."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from api.db.queries import Row
from api.db.snapshots import Snapshot
from api.lists.page_params import PageParams
from api.v1.movies.filters import MovieFilters
from api.v1.movies.schemas import MOVIES
from api.v1.people.schemas import PersonDetail, PersonMovie
from api.v1.recommendations.recommend import ResolvedTaste, resolve_taste, select_movies
from api.v1.recommended_movies import to_query_parameters
from api.v1.search.schemas import SearchHit
from api.web.pages.graphics import Chart, plot_over_years
from recommender.index import RecommenderIndex
from recommender.taste import RankingOptions
from search.documents import Kind
from search.index import SearchIndex

POPULAR_FILMS = 12
POPULAR_FILMS_URL = f"/v1/movies?limit={POPULAR_FILMS}"
"""The default order is by votes."""
RECOMMENDED_FILMS = 12
REASONS = 4
KNOWN_FOR_FILMS = 6

Share = Annotated[float, Meta(ge=0, le=1)]


class RankingPageParams(msgspec.Struct, frozen=True, kw_only=True):
    """How varied and how little known recommended films are."""

    diversity: Share = 0.0
    novelty: Share = 0.0


def list_popular_films(snapshot: Snapshot) -> list[Row]:
    """Return the films with the most votes."""
    params = PageParams(limit=POPULAR_FILMS, sort=MOVIES.default_sort)
    films: list[Row] = MOVIES.fetch_page(snapshot.queries, params, {})["data"]
    return films


def search(snapshot: Snapshot, text: str, kinds: Sequence[Kind], limit: int) -> list[SearchHit]:
    """Return what matches a text, which may be blank."""
    hits = snapshot.resource(SearchIndex).search(text, kinds, limit) if text.strip() else []
    return [SearchHit.from_hit(hit) for hit in hits]


def recommend(
    snapshot: Snapshot, requested: Any, params: RankingPageParams, movie_id: int | None = None
) -> tuple[list[Row], ResolvedTaste]:
    """Return recommended films with their reasons, for a taste (TasteParams) or for people who like a film."""
    queries, recommender = snapshot.queries, snapshot.resource(RecommenderIndex)
    taste = resolve_taste(snapshot, requested, movie_id)
    options = RankingOptions(RECOMMENDED_FILMS, params.diversity, params.novelty)
    films = select_movies(queries, recommender, taste, MovieFilters(), options)
    rows = queries.rows("recommended_movies", **to_query_parameters(recommender, taste.taste, films, REASONS))
    return rows, taste


def select_known_for(person: PersonDetail) -> list[PersonMovie]:
    """Return a person's films with the most votes, those that they directed or acted in if there are any."""
    films: list[PersonMovie] = [*person.directed, *person.acted] or [*person.crew]  # type: ignore[misc]
    distinct = {film.movie_id: film for film in films}.values()
    return sorted(distinct, key=lambda film: -(film.tmdb_vote_count or 0))[:KNOWN_FOR_FILMS]


def plot_returns(person: PersonDetail) -> Chart | None:
    """Return a chart of the returns of a person's films over time."""
    films: Mapping[int, Any] = {film.movie_id: film for film in [*person.acted, *person.directed]}  # type: ignore[misc]
    data = [
        (film.release_year, film.return_ratio, f"{film.title} ({film.release_year})")
        for film in films.values()
        if film.return_ratio
    ]
    return plot_over_years(sorted(data))
