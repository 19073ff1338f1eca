"""Data for sections of the pages."""

from collections.abc import Mapping
from typing import Any

from api.db.queries import Queries, Row
from api.lists.page_params import PageParams
from api.v1.movies.filters import ENTITY_FILTERS, MovieFilters
from api.v1.movies.resolved_filters import FilterMatch, ResolvedFilters
from api.v1.movies.schemas import MOVIES
from api.v1.people.schemas import PersonDetail
from api.v1.recommendations.recommend import ResolvedTaste, select_movies
from api.v1.recommended_movies import to_query_parameters
from api.web.pages import charts
from api.web.pages.language import UNKNOWN, Language
from api.web.pages.parameters import FilmPageParams
from recommender.index import RecommenderIndex
from recommender.taste import RankingOptions

POPULAR_FILMS = 12
POPULAR_FILMS_URL = f"/v1/movies?limit={POPULAR_FILMS}"
"""The default order is by votes."""
RECOMMENDED_FILMS = 12
REASONS = 4


def list_popular_films(queries: Queries) -> list[Row]:
    """Return the films with the most votes."""
    films: list[Row] = MOVIES.fetch_page(queries, PageParams(limit=POPULAR_FILMS, sort=MOVIES.default_sort), {})["data"]
    return films


def recommend(
    queries: Queries, recommender: RecommenderIndex, taste: ResolvedTaste, params: FilmPageParams
) -> list[Row]:
    """Return recommended films with their reasons."""
    options = RankingOptions(RECOMMENDED_FILMS, params.diversity, params.novelty)
    films = select_movies(queries, recommender, taste, MovieFilters(), options)
    return queries.rows("recommended_movies", **to_query_parameters(recommender, taste.taste, films, REASONS))


def name_active_filters(filters: ResolvedFilters, language: Language) -> dict[str, list[str]]:
    """Return the names of the entities and people that the films are filtered by, by filter."""
    return {
        name: [_localize(match, entity.kind, language) for value in filters.matches[name] for match in value]
        for name, entity in ENTITY_FILTERS.items()
        if name in filters.matches
    }


def _localize(match: FilterMatch, kind: str, language: Language) -> str:
    if kind == "language":
        return language.language(str(match.id), match.name)
    if kind == "country":
        return language.country(str(match.id), match.name)
    return language.genre(match.name or UNKNOWN) if kind == "genre" else match.name or UNKNOWN


def plot_returns(person: PersonDetail) -> charts.Chart | None:
    """Return a chart of the returns of a person's films over time."""
    films: Mapping[int, Any] = {film.movie_id: film for film in [*person.acted, *person.directed]}  # type: ignore[misc]
    data = [
        (film.release_year, film.return_ratio, f"{film.title} ({film.release_year})")
        for film in films.values()
        if film.return_ratio
    ]
    return charts.plot_over_years(sorted(data))
