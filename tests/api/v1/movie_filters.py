"""Hypothesis strategies for the filters, sorts and fields of /v1/movies."""

from typing import Any

from hypothesis import strategies as st

from api.v1.movies.facets import FACETS
from api.v1.movies.filters import ENTITY_FILTERS
from api.v1.movies.schemas import MOVIES
from tests.api.v1.movie_oracle import KINDS, KNOWN_FACTS, MEASURES, TRUE_FACTS, Film, Id, Oracle

SORTS = st.sampled_from([order for name in MOVIES.sorts for order in (name, f"-{name}")])
FIELDS = st.none() | st.lists(st.sampled_from(MOVIES.fields), min_size=1, unique=True)
FACET_NAMES = st.lists(st.sampled_from(FACETS), min_size=1, max_size=4, unique=True)


@st.composite
def filters(draw: st.DrawFn, oracle: Oracle) -> dict[str, Any]:
    """Draw up to four filters, mostly with values of one film, so that some films match."""
    film = oracle.films[draw(st.integers(0, len(oracle.films) - 1))]
    names = st.sampled_from(["entity", "entity", "range", "facts", "decade", "movie_id"])
    chosen: dict[str, Any] = {}
    for kind in draw(st.lists(names, max_size=4)):
        chosen |= draw({"entity": _entity, "range": _range, "facts": _facts}.get(kind, _listed)(oracle, film, kind))
    if {*chosen.get("has", ())} & {*chosen.get("has_not", ())}:  # returns 422
        del chosen["has_not"]
    for measure in MEASURES:  # two draws of one measure can make an empty range, which returns 422
        bounds = {f"{measure}_from", f"{measure}_to"}
        if bounds <= chosen.keys() and chosen[f"{measure}_from"] > chosen[f"{measure}_to"]:
            del chosen[f"{measure}_to"]
    return chosen


@st.composite
def _entity(draw: st.DrawFn, oracle: Oracle, film: Film, _: str) -> dict[str, Any]:
    name = draw(st.sampled_from(sorted(KINDS)))
    ways = ["", "_none", *([] if ENTITY_FILTERS[name].is_single else ["_all"])]
    way = draw(st.sampled_from(ways))
    own = sorted(oracle.has(name, film), key=str)
    known = sorted({one for other in oracle.films for one in oracle.has(name, other)}, key=str)
    ids = st.sampled_from(own) if own and way != "_none" else st.sampled_from(known)
    values = draw(st.lists(ids | st.sampled_from(known) if way == "" else ids, min_size=1, max_size=3))
    return {f"{name}{way}": [draw(_spelling(oracle, name, value)) for value in values]}


def _spelling(oracle: Oracle, name: str, one: Id) -> st.SearchStrategy[str]:
    """Draw an id or its name, unless the name is also an id."""
    names = oracle.names[KINDS[name]]
    entity_name, _ = names.get(one, (None, None))
    is_clear = entity_name and not any(str(other).lower() == entity_name.lower() for other in names)
    return st.sampled_from([str(one), entity_name]) if entity_name and is_clear else st.just(str(one))


@st.composite
def _range(draw: st.DrawFn, oracle: Oracle, _: Film, __: str) -> dict[str, Any]:
    measure = draw(st.sampled_from(sorted(MEASURES)))
    values = sorted({film[MEASURES[measure]] for film in oracle.films} - {None})
    bounds = draw(st.lists(st.sampled_from(values), min_size=2, max_size=2).map(sorted))
    sides = draw(st.sampled_from([("from",), ("to",), ("from", "to")]))
    return {f"{measure}_{side}": bounds[0] if side == "from" else bounds[1] for side in sides}


@st.composite
def _facts(draw: st.DrawFn, _: Oracle, __: Film, ___: str) -> dict[str, Any]:
    known = st.sampled_from([*KNOWN_FACTS, *TRUE_FACTS, "keywords", "cast", "ratings"])
    facts = draw(st.lists(known, min_size=1, max_size=3, unique=True))
    cut = draw(st.integers(0, len(facts)))
    return {name: part for name, part in (("has", facts[:cut]), ("has_not", facts[cut:])) if part}


@st.composite
def _listed(draw: st.DrawFn, oracle: Oracle, film: Film, kind: str) -> dict[str, Any]:
    if kind == "decade":
        decades = st.integers(188, 203).map(lambda ten: ten * 10) | st.just(film["release_year"] // 10 * 10)
        return {"decade": draw(st.lists(decades, min_size=1, max_size=4))}
    ids = st.sampled_from([other["movie_id"] for other in oracle.films])
    return {"movie_id": draw(st.lists(ids, min_size=1, max_size=300))}
