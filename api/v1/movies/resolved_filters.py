"""Resolves the names in film filters to ids, and binds the filters to `relations/matching_movies.sql`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from api.db.dependencies import get_snapshot
from api.db.queries import Queries, Row
from api.http.query_parser import invalid
from api.v1.entity_kinds import KINDS_BY_NAME
from api.v1.movies.filters import ENTITY_FILTERS, RANGE_FILTERS, EntityFilter
from search.index import SearchIndex

MAX_SUGGESTIONS = 5


class FilterMatch(NamedTuple):
    """An entity or person that a requested name or id stands for."""

    id: int | str
    key: int | str
    """The value that SQL compares: the surrogate key of an entity of `mart_movie_entities`, otherwise the id."""
    name: str | None

    @classmethod
    def from_entity(cls, row: Row, entity: EntityFilter) -> "FilterMatch":
        """Create a match for a filter from a row of `mart_entities`."""
        key = row["entity_id"] if row["entity_code"] is None else row["entity_code"]
        return cls(key, key if entity.is_single else row["entity_key"], row["entity_name"])


@dataclass(frozen=True, slots=True)
class ResolvedFilters:
    """Film filters whose names are resolved."""

    conditions: Mapping[str, Any]
    """Query parameters of the filters that need no resolution."""
    matches: Mapping[str, tuple[tuple[FilterMatch, ...], ...]]
    """By filter (`genre`, `genre_all`, `genre_none`), the matches of each requested value."""

    def restrict_to(self, name: str, match: FilterMatch) -> "ResolvedFilters":
        """Return these filters and the condition that a film has the match."""
        values = (*self.matches.get(f"{name}_all", ()), (match,))
        return replace(self, matches={**self.matches, f"{name}_all": values})

    def to_query_parameters(self) -> dict[str, Any]:
        """Return what `relations/matching_movies.sql` binds, and the ids of the matches for the cursor."""
        ids = {name: [[match.id for match in value] for value in values] for name, values in self.matches.items()}
        parameters: dict[str, Any] = {**self.conditions, **ids}
        for name, entity in ENTITY_FILTERS.items():
            groups = list(self.matches.get(f"{name}_all", ()))
            if name in self.matches:
                groups.append(tuple(chain.from_iterable(self.matches[name])))
            target = name if entity.is_single or entity.kind == "person" else "entity"
            if groups and entity.is_single:
                common = set.intersection(*({match.key for match in group} for group in groups))
                parameters[f"{target}_keys"] = sorted(common)
            elif groups:
                requested = parameters.setdefault(f"{target}_keys", [])
                numbers = parameters.setdefault(f"{target}_groups", [])
                for number, group in enumerate(groups, start=max(numbers, default=0) + 1):
                    requested += [match.key for match in group]
                    numbers += [number] * len(group)
            if excluded := self.matches.get(f"{name}_none"):
                keys = [match.key for match in chain.from_iterable(excluded)]
                parameters.setdefault(f"excluded_{target}_keys", []).extend(keys)
        if max(parameters.get("entity_groups", ()), default=1) > 1:
            parameters["grouped_entity_keys"] = parameters.pop("entity_keys")
        else:
            parameters.pop("entity_groups", None)
        return parameters


def resolve_filters(queries: Queries, filters: msgspec.Struct) -> ResolvedFilters:
    """Resolve the names in the filters of a request.

    Raises:
        ProblemError: 422 for an unknown name, with the most similar ones; for a fact in both `has` and `has_not`;
            for an empty range.
    """
    given = {name: value for name, value in msgspec.structs.asdict(filters).items() if value is not None}
    _check(given)
    has, has_not = given.pop("has", []), given.pop("has_not", [])
    if "imdb_id" in given:
        given["imdb_id"] = [imdb_id.lower() for imdb_id in given["imdb_id"]]
    matches = {}
    for name, entity in ENTITY_FILTERS.items():
        for parameter in (name, f"{name}_all", f"{name}_none"):
            if values := given.pop(parameter, None):
                matches[parameter] = tuple(resolve_name(queries, parameter, entity, value) for value in values)
    if "q" in given:
        given["title_matches"] = get_snapshot().resource(SearchIndex).find_titles(given["q"])
    facts = {**{f"has_{name}": True for name in has}, **{f"has_{name}": False for name in has_not}}
    return ResolvedFilters({**given, **facts}, matches)


def _check(given: Mapping[str, Any]) -> None:
    if both := sorted({*given.get("has", ())} & {*given.get("has_not", ())}):
        raise invalid(f"`has` and `has_not` both contain {', '.join(both)}. No film matches both; use one of the two.")
    for name in RANGE_FILTERS:
        lowest, highest = given.get(f"{name}_from"), given.get(f"{name}_to")
        if lowest is not None and highest is not None and lowest > highest:
            raise invalid(f"`{name}_from` must not be above `{name}_to`; got {lowest} and {highest}.")


def resolve_name(queries: Queries, parameter: str, entity: EntityFilter, value: str) -> tuple[FilterMatch, ...]:
    """Return all entities or people with this name or id. Raises ProblemError 422 with similar names if none has it."""
    if entity.kind == "person":
        rows = queries.rows("resolve_person", name=value)
        matches = [FilterMatch(row["person_id"], row["person_id"], row["person_name"]) for row in rows]
    else:
        kind = KINDS_BY_NAME[entity.kind]
        rows = kind.select(queries.rows("resolve_entity", name=value, code=kind.to_code(value)))
        matches = [FilterMatch.from_entity(row, entity) for row in rows]
    if matches:
        return tuple(sorted(set(matches), key=lambda match: match.key))
    names = get_snapshot().resource(SearchIndex).suggest(value, entity.kind)[:MAX_SUGGESTIONS]
    hint = f" Did you mean {' or '.join(f'“{name}”' for name in names)}?" if names else ""
    raise invalid(
        f"`{parameter}` must contain names or ids of {entity.plural}; got {value!r}.{hint}", suggestions=names
    )
