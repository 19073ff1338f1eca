"""Data of the sections that pages are made of."""

from collections.abc import Mapping
from typing import Any

from api.db.queries import Queries, Row
from api.lists.page_params import PageParams
from api.v1.movies import filters as which
from api.v1.movies.filters import ENTITY_FILTERS
from api.v1.movies.listing import MOVIES
from api.v1.people.schemas import PersonDetail
from api.v1.recommendations import answers
from api.v1.recommendations.listing import RECOMMENDED
from api.v1.recommendations.parameters import Choice
from api.v1.recommendations.tastes import ResolvedTaste
from api.web.pages import charts
from api.web.pages.language import UNKNOWN, Language
from recommender.index import RecommenderIndex

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
    queries: Queries, recommender: RecommenderIndex, resolved: ResolvedTaste, diversity: float, novelty: float
) -> list[Row]:
    """Return recommended films with their reasons."""
    choice = Choice(
        limit=RECOMMENDED_FILMS, diversity=diversity, novelty=novelty, reasons=REASONS, sort=RECOMMENDED.default_sort
    )
    films = answers.chosen(queries, recommender, resolved, which.MovieFilters(), choice)
    return answers.rows_of(queries, recommender, resolved.taste, films, choice.reasons)


def name_active_filters(queries: Queries, parameters: Mapping[str, Any], language: Language) -> dict[str, list[str]]:
    """Return the names of the entities that the films are filtered by, by filter."""
    names = {}
    for filter_name, entity in ENTITY_FILTERS.items():
        key = f"{entity.kind}_code" if entity.kind in {"country", "language"} else f"{entity.kind}_id"
        found = [queries.first(f"get_{entity.kind}", **{key: value}) for value in parameters.get(filter_name) or ()]
        if found:
            names[filter_name] = [_localize(row, entity.kind, key, language) for row in found if row]
    return names


def _localize(row: Row, kind: str, key: str, language: Language) -> str:
    name = row[f"{kind}_name"]
    if kind == "language":
        return language.language(row[key], name)
    if kind == "country":
        return language.country(row[key], name)
    return language.genre(name or UNKNOWN) if kind == "genre" else name or UNKNOWN


def plot_returns(person: PersonDetail) -> charts.Chart | None:
    """Return a chart of the returns of a person's films over time."""
    films: Mapping[int, Any] = {film.movie_id: film for film in [*person.acted, *person.directed]}  # type: ignore[misc]
    data = [
        (film.release_year, film.return_ratio, f"{film.title} ({film.release_year})")
        for film in films.values()
        if film.return_ratio
    ]
    return charts.plot_over_years(sorted(data))
