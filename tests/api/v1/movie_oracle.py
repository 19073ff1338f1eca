"""A naive implementation of /v1/movies and /v1/facets: every film in plain Python, one condition after another."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

Id = int | str
Film = dict[str, Any]
Filters = Mapping[str, Any]
"""Query parameters: lists of names, ids, decades or facts, or bounds."""

IN_ONE_COLUMN = {"collection": "collection_id", "original_language": "original_language_code"}
LINKS = {
    "genre": "select movie_id, genre_id from marts.fct_movie_genres",
    "keyword": "select movie_id, keyword_id from marts.fct_movie_keywords",
    "company": "select movie_id, company_id from marts.fct_movie_companies",
    "country": "select movie_id, country_code from marts.fct_movie_countries",
    "spoken_language": "select movie_id, language_code from marts.fct_movie_spoken_languages",
    "actor": "select movie_id, person_id from marts.fct_movie_actors",
    "director": "select movie_id, person_id from marts.fct_movie_directors",
    "person": """
        select movie_id, person_id from marts.fct_cast_credits
        union select movie_id, person_id from marts.fct_crew_credits
    """,
}
NAMES = {
    "genre": "select genre_id, genre_name, genre_name_key from marts.dim_genres",
    "keyword": "select keyword_id, keyword_name, keyword_name_key from marts.dim_keywords",
    "company": "select company_id, company_name, company_name_key from marts.dim_companies",
    "country": "select country_code, country_name, country_name_key from marts.dim_countries",
    "collection": "select collection_id, collection_name, collection_name_key from marts.dim_collections",
    "language": "select language_code, language_name, language_name_key from marts.dim_languages",
    "person": "select person_id, person_name, person_name_key from marts.dim_people",
}
KINDS = {
    **{name: name for name in ("genre", "keyword", "company", "country", "collection", "person")},
    **dict.fromkeys(("original_language", "spoken_language"), "language"),
    **dict.fromkeys(("actor", "director"), "person"),
}
"""The kind of entity of each filter."""
MEASURES = {
    "year": "release_year",
    "date": "release_date",
    "runtime": "runtime_minutes",
    "budget": "budget_usd",
    "revenue": "revenue_usd",
    "profit": "profit_usd",
    "return": "return_ratio",
    "vote_count": "tmdb_vote_count",
    "vote_mean": "tmdb_vote_mean",
    "popularity": "tmdb_popularity",
}
KNOWN_FACTS = {
    "overview": "overview",
    "tagline": "tagline",
    "poster": "poster_path",
    "homepage": "homepage_url",
    "runtime": "runtime_minutes",
    "budget": "budget_usd",
    "revenue": "revenue_usd",
    "return": "return_ratio",
    "votes": "tmdb_vote_mean",
    "collection": "collection_id",
}
"""By property, the column that is not null if a film has it."""
TRUE_FACTS = {"placeholder_date": "is_placeholder_date", "suspicious_budget": "has_suspicious_budget"}


@dataclass(repr=False)
class Oracle:
    """All films of a warehouse, with what they are filtered by."""

    films: list[Film]
    links: dict[str, dict[int, set[Id]]]
    """By filter and film, the ids that the film has."""
    names: dict[str, dict[Id, tuple[str | None, str | None]]]
    """By kind and id, the name and the key on which names are matched."""
    rated: set[int]
    _ids: dict[tuple[str, str], set[Id]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for kind, names in self.names.items():
            by_key = defaultdict(set)
            for one, (_, key) in names.items():
                by_key[key].add(one)
            for one, (name, key) in names.items():
                if name is not None:
                    self._ids[kind, name] |= by_key[key]
                self._ids[kind, str(one)].add(one)

    def ids(self, name: str, value: str) -> set[Id]:
        """Return the ids that a value of a filter means: all with that name, or the id itself."""
        return self._ids[KINDS[name], value]

    def has(self, name: str, film: Film) -> set[Id]:
        if column := IN_ONE_COLUMN.get(name):
            return {film[column]} - {None}
        return self.links[name].get(film["movie_id"], set())

    def matching(self, filters: Filters) -> list[Film]:
        return [film for film in self.films if all(self._matches(film, *one) for one in filters.items())]

    def _matches(self, film: Film, parameter: str, requested: Any) -> bool:
        name, _, way = parameter.rpartition("_")
        if parameter == "movie_id":
            return film["movie_id"] in requested
        if parameter == "decade":
            return film["release_year"] - film["release_year"] % 10 in requested
        if parameter in {"has", "has_not"}:
            return all(self._has_fact(film, fact) is (parameter == "has") for fact in requested)
        if way in {"from", "to"}:
            value = film[MEASURES[name]]
            return value is not None and (value >= requested if way == "from" else value <= requested)
        entity = parameter if parameter in KINDS else name
        shared = [bool(self.ids(entity, value) & self.has(entity, film)) for value in requested]
        return {"all": all(shared), "none": not any(shared)}.get(way if entity == name else "", any(shared))

    def _has_fact(self, film: Film, fact: str) -> bool:
        if fact in TRUE_FACTS:
            return bool(film[TRUE_FACTS[fact]])
        if fact in KNOWN_FACTS:
            return film[KNOWN_FACTS[fact]] is not None
        if fact == "ratings":
            return film["movie_id"] in self.rated
        return bool(self.has({"keywords": "keyword", "cast": "actor"}[fact], film))

    def listed(self, filters: Filters, sort: str) -> list[Film]:
        """Return the films that match all filters, sorted: nulls last, ids break ties."""
        column = {"title": "title_key"}.get(sort.removeprefix("-"), sort.removeprefix("-"))
        films = sorted(self.matching(filters), key=lambda film: int(film["movie_id"]))
        known = [film for film in films if film[column] is not None]
        # sorted keeps equals as they were, backwards too.
        known.sort(key=lambda film: _comparable(film[column]), reverse=sort.startswith("-"))
        return known + [film for film in films if film[column] is None]

    def facet(self, name: str, filters: Filters, limit: int) -> list[tuple[str, int, bool]]:
        """Return each value, its number of films and whether it is selected. The facet's own filter is ignored."""
        own = ("year_from", "year_to") if name == "year" else (name,)
        films = self.matching({key: requested for key, requested in filters.items() if key not in own})
        chosen: Collection[Id] = set()
        if name == "decade":
            chosen = filters.get(name, ())
        elif name in KINDS:
            chosen = {one for value in filters.get(name, ()) for one in self.ids(name, value)}
        counts = Counter(value for film in films for value in self._facet_values(name, film))
        by_time, by_count = (lambda pair: (-pair[0],)), (lambda pair: (-pair[1], pair[0]))
        ordered = sorted(counts.items(), key=by_time if name in {"decade", "year"} else by_count)
        return [(str(value), count, value in chosen) for value, count in ordered[:limit]]

    def _facet_values(self, name: str, film: Film) -> Iterable[Any]:
        year = film["release_year"]
        return {"decade": [year - year % 10], "year": [year]}.get(name) or self.has(name, film)


def _comparable(value: Any) -> Any:
    return value.encode() if isinstance(value, str) else value  # DuckDB compares texts byte by byte


def read(warehouse: Path) -> Oracle:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        movies = connection.execute("select * from marts.dim_movies")
        columns = [column[0] for column in movies.description or ()]
        films = [dict(zip(columns, row, strict=True)) for row in movies.fetchall()]
        links: dict[str, dict[int, set[Id]]] = {name: defaultdict(set) for name in LINKS}
        for name, query in LINKS.items():
            for movie_id, one in connection.execute(query).fetchall():
                links[name][movie_id] |= {one} - {None}
        names = {
            kind: {one: (name, key) for one, name, key in connection.execute(query).fetchall()}
            for kind, query in NAMES.items()
        }
        rated = {movie_id for (movie_id,) in connection.execute("select movie_id from marts.fct_ratings").fetchall()}
    return Oracle(films, links, names, rated)


def as_query(filters: Filters) -> dict[str, str]:
    """Return the filters as query parameters: lists of quoted values, separated by commas."""
    return {
        name: ",".join(map(_quote, requested)) if isinstance(requested, list) else str(requested)
        for name, requested in filters.items()
    }


def _quote(value: object) -> str:
    return '"' + str(value).replace('"', '""') + '"'
