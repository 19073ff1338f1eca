"""Query parameters that filter films."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import msgspec

from api.http.parameters import filters_of, list_of, query_parameter, range_parameters
from search.documents import SuggestedKind

MAX_VALUES = 50
MAX_VALUE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class EntityFilter:
    """A filter by names or ids of entities or people."""

    plural: str
    example: str
    kind: SuggestedKind
    """The kind of entity, or `person`."""
    is_single: bool = False
    """Whether a film has at most one, in a column of dim_movies. Then there is no `_all`."""


ENTITY_FILTERS = {
    "genre": EntityFilter("genres", "Drama", "genre"),
    "keyword": EntityFilter("keywords", "heist", "keyword"),
    "company": EntityFilter("production companies", "Pixar Animation Studios", "company"),
    "country": EntityFilter("production countries", "AR", "country"),
    "collection": EntityFilter("collections", "Toy Story Collection", "collection", is_single=True),
    "original_language": EntityFilter("original languages", "es", "language", is_single=True),
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
"""Filters by a measure: its type, its description and an example."""

FACTS = (
    "overview", "tagline", "poster", "homepage", "runtime", "budget", "revenue", "return", "votes", "collection",
    "keywords", "cast", "ratings", "placeholder_date", "suspicious_budget",
)  # fmt: skip
"""The values of `has` and `has_not`: facts that are known, or true, of a film."""

ImdbId = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
MovieId = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
Decade = Annotated[int, msgspec.Meta(ge=0, le=9990)]
Names = list[Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_VALUE_LENGTH)]]


def _entity_parameters(name: str, entity: EntityFilter) -> Iterator[tuple[str, Any]]:
    suffixes = {"": "any", "_none": "none"} if entity.is_single else {"": "any", "_all": "all", "_none": "none"}
    for suffix, quantifier in suffixes.items():
        description = (
            f"Films with {quantifier} of these {entity.plural}. Names or ids, separated by commas; a name that "
            "contains a comma in double quotes."
        )
        yield f"{name}{suffix}", query_parameter(Names, description, [entity.example], max_length=MAX_VALUES)


_PARAMETERS: dict[str, Any] = {
    "q": query_parameter(
        str,
        "Films whose titles, the original one included, have all of these words or beginnings of words, in any order. "
        "Numbers and numerals are the same, and hyphens may be left out.",
        "toy sto",
        min_length=1,
        max_length=200,
    ),
    "movie_id": query_parameter(list[MovieId], "Films with these ids.", [862, 597], max_length=1000),
    "imdb_id": query_parameter(list[ImdbId], "Films with these IMDb ids.", ["tt0114709"], max_length=1000),
    **{name: of for kind, entity in ENTITY_FILTERS.items() for name, of in _entity_parameters(kind, entity)},
    "decade": query_parameter(
        list[Decade], "Films of any of these decades, each named by its first year.", [1990], max_length=50
    ),
    **range_parameters("Films", RANGE_FILTERS),
    "has": query_parameter(list_of(FACTS), "Films of which all of these facts are known or true.", ["budget"]),
    "has_not": query_parameter(list_of(FACTS), "Films of which none of these facts is known or true.", ["votes"]),
}

MovieFilters = filters_of("MovieFilters", _PARAMETERS)


def movie_filters_except(*names: str) -> type[msgspec.Struct]:
    """Return the filters without these, for an operation that uses the names otherwise."""
    return filters_of("MovieFilters", {name: of for name, of in _PARAMETERS.items() if name not in names})
