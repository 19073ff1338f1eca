"""Which films: the filters that combine, as query parameters, and what they bind in `relations/matching_movies.sql`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from litestar.di import Provide

from api.db.queries import Queries
from api.http.parameters import filters_of, list_of, provide_from, query_parameter, range_parameters, words_parameter
from api.http.problems import ProblemError

MOST_VALUES = 50
LONGEST_VALUE = 300


@dataclass(frozen=True, slots=True)
class EntityFilter:
    """A filter by something that has a name and an id."""

    plural: str
    example: str
    kind: str
    """Whose names are looked up: `queries/resolve_<kind>.sql`."""
    is_list: bool = True
    """Whether a film can have several, so that `_all` makes sense."""


ENTITY_FILTERS = {
    "genre": EntityFilter("genres", "Drama", "genre"),
    "keyword": EntityFilter("keywords", "heist", "keyword"),
    "company": EntityFilter("production companies", "Pixar Animation Studios", "company"),
    "country": EntityFilter("production countries", "AR", "country"),
    "collection": EntityFilter("collections", "Toy Story Collection", "collection", is_list=False),
    "original_language": EntityFilter("original languages", "es", "language", is_list=False),
    "spoken_language": EntityFilter("spoken languages", "en", "language"),
    "person": EntityFilter("people in the cast or crew", "Tom Hanks", "person"),
    "actor": EntityFilter("people in the cast", "Tom Hanks", "person"),
    "crew": EntityFilter("people in the crew, directors included", "Hans Zimmer", "person"),
    "director": EntityFilter("directors", "Sofia Coppola", "person"),
}

RANGE_FILTERS: dict[str, tuple[Any, str, Any]] = {
    "year": (int, "year of release", 1994),
    "date": (date, "date of release", date(1994, 12, 31)),
    "runtime": (float, "length in minutes", 90),
    "budget": (int, "budget in US dollars", 1_000_000),
    "revenue": (int, "revenue in US dollars", 100_000_000),
    "profit": (int, "revenue less budget, in US dollars", 0),
    "return": (float, "revenue / budget", 2.5),
    "vote_count": (int, "number of TMDB votes", 2000),
    "vote_mean": (float, "mean of the TMDB votes, 0 to 10", 7.5),
    "popularity": (float, "TMDB's measure of attention", 10),
}
"""Filters by a measure: its type, what it is, an example."""

KNOWN = (
    "overview", "tagline", "poster", "homepage", "runtime", "budget", "revenue", "return", "votes", "collection",
    "keywords", "cast", "ratings", "placeholder_date", "suspicious_budget",
)  # fmt: skip
"""What a film can have or not have."""

ImdbId = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
MovieId = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
Decade = Annotated[int, msgspec.Meta(ge=0, le=9990)]
Names = list[Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_VALUE)]]


def _entity_parameters(name: str, entity: EntityFilter) -> Iterable[tuple[str, Any]]:
    plural, example = entity.plural, [entity.example]
    many = {"max_items": MOST_VALUES}
    names = "Names or ids, separated by commas; a name that holds a comma in double quotes."
    yield name, query_parameter(Names, f"Films with any of these {plural}. {names}", example, **many)
    if entity.is_list:
        yield f"{name}_all", query_parameter(Names, f"Films with all of these {plural}. {names}", example, **many)
    yield f"{name}_none", query_parameter(Names, f"Films with none of these {plural}. {names}", example, **many)


_PARAMETERS: dict[str, Any] = {
    "q": words_parameter("Films whose title or original title", "toy sto"),
    "movie_id": query_parameter(list[MovieId], "Films with these ids.", [862, 597], max_items=1000),
    "imdb_id": query_parameter(list[ImdbId], "Films with these IMDb ids.", ["tt0114709"], max_items=1000),
    **{name: of for kind, entity in ENTITY_FILTERS.items() for name, of in _entity_parameters(kind, entity)},
    "decade": query_parameter(
        list[Decade], "Films of any of these decades, each named by its first year.", [1990], max_items=50
    ),
    **range_parameters("Films", RANGE_FILTERS),
    "has": query_parameter(list_of(KNOWN), "Films that have all of these: known, or true of them.", ["budget"]),
    "has_not": query_parameter(list_of(KNOWN), "Films that have none of these.", ["votes"]),
}

MovieFilters = filters_of("MovieFilters", _PARAMETERS)
provide_filters = provide_from(MovieFilters)


def provide_filters_but(*names: str) -> Provide:
    """The filters of an operation that has other uses for these names."""
    others = {name: of for name, of in _PARAMETERS.items() if name not in names}
    return provide_from(filters_of("MovieFilters", others))


def bound(queries: Queries, filters: msgspec.Struct) -> dict[str, Any]:
    """What the filters bind: names become ids, `has` becomes one condition each.

    Raises ProblemError 422 for a name that nothing bears, with the nearest ones, for a fact asked both ways, and for
    a range that holds nothing.
    """
    given = {name: value for name, value in msgspec.structs.asdict(filters).items() if value is not None}
    has, has_not = given.pop("has", []), given.pop("has_not", [])
    if both := sorted({*has} & {*has_not}):
        raise ProblemError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"`has` and `has_not` both name {', '.join(both)}; no film has and lacks the same.",
        )
    if "imdb_id" in given:
        given["imdb_id"] = [imdb_id.lower() for imdb_id in given["imdb_id"]]
    for name in RANGE_FILTERS:
        least, most = given.get(f"{name}_from"), given.get(f"{name}_to")
        if least is not None and most is not None and least > most:
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY, f"`{name}_from` is above `{name}_to`: {least} is more than {most}."
            )
    parameters = {**given, **{f"has_{name}": True for name in has}, **{f"has_{name}": False for name in has_not}}
    for name, entity in ENTITY_FILTERS.items():
        for parameter in (name, f"{name}_none"):
            if parameter in given:
                ids = [resolved(queries, parameter, entity, value) for value in given[parameter]]
                parameters[parameter] = sorted({one for found in ids for one in found})
        if values := given.get(f"{name}_all"):
            ids = [resolved(queries, f"{name}_all", entity, value) for value in values]
            parameters[f"{name}_all"] = [one for found in ids for one in found]
            parameters[f"{name}_all_places"] = [place for place, found in enumerate(ids, start=1) for _ in found]
    return parameters


def within(parameters: Mapping[str, Any], name: str, identity: int | str) -> dict[str, Any]:
    """The parameters narrowed to the films that the filter `name` finds by this id, whatever else they ask for."""
    if ENTITY_FILTERS[name].is_list:
        ids, places = parameters.get(f"{name}_all", []), parameters.get(f"{name}_all_places", [])
        one_more = {f"{name}_all": [*ids, identity], f"{name}_all_places": [*places, max(places, default=0) + 1]}
        return {**parameters, **one_more}
    return {**parameters, name: [one for one in [identity] if one in parameters.get(name, [identity])]}


def resolved(queries: Queries, parameter: str, entity: EntityFilter, value: str) -> list[int | str]:
    """The ids of all that bear a name, or have it as their id. Raises ProblemError 422 where nothing does."""
    if rows := queries.rows(f"resolve_{entity.kind}", name=value):
        return [row["id"] for row in rows]
    nearest = [row["name"] for row in queries.rows(f"suggest_{entity.kind}", name=value)]
    meant = f" Did you mean {_listed(nearest)}?" if nearest else ""
    raise ProblemError(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        f"`{parameter}`: {value!r} is the name or the id of none of the {entity.plural}.{meant}",
        suggestions=nearest,
    )


def _listed(names: list[str]) -> str:
    return " or ".join(f"“{name}”" for name in names)
