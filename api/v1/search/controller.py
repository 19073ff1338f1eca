"""One box for films, people and collections."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.openapi.spec import Example
from litestar.params import QueryParameter

from api.db.queries import Queries
from api.http.openapi import operation_docs
from api.v1.explain import ExplainParams
from api.v1.search.index import SearchIndex
from api.v1.search.ranking import Edits, Found, Typed, rank
from api.v1.search.schemas import KINDS, Hit, Kind, Match, SearchResults


class SearchParams(ExplainParams, frozen=True, kw_only=True):
    """What to search for."""

    q: Annotated[
        str,
        QueryParameter(
            min_length=1,
            max_length=200,
            description="Words of a title or name, in any script, or their beginnings.",
            examples=[
                Example(value="matrix"),
                Example(value="jonh wick"),
                Example(value="8½"),
                Example(value="神隠し"),
            ],
        ),
    ]
    kind: Annotated[
        list[Kind] | None, QueryParameter(description="Only these kinds, separated by commas; all by default.")
    ] = None
    limit: Annotated[int, QueryParameter(ge=1, le=50, description="Maximum number of hits.")] = 10


class SearchController(Controller):
    """Finds everything that has a name."""

    path = "/search"
    tags = ("Search",)

    @get(
        sync_to_thread=True,
        **operation_docs("Films, people and collections by name", SearchResults, parameters=SearchParams),
    )
    def search(
        self,
        queries: NamedDependency[Queries],
        search_index: NamedDependency[SearchIndex],
        params: NamedDependency[SearchParams],
    ) -> SearchResults:
        """Find by words or their beginnings, in any order, and say why each was found.

        Where nothing is found so, typos and missing spaces are forgiven.
        """
        return SearchResults(data=find(queries, search_index, params.q, params.kind or KINDS, params.limit))


def find(queries: Queries, index: SearchIndex, text: str, kinds: Sequence[Kind], limit: int) -> list[Hit]:
    """The best hits, at most `limit`; where nothing is found as it is typed, what is found with typos forgiven."""
    rows = queries.rows("search_typed", q=text)
    if not rows:
        return []
    words = [row["word"] for row in rows]
    typed = Typed(words, rows[0]["compact_key"].encode(), edits=None)
    found = rank(index, typed, kinds, limit)
    if not found:
        found = rank(index, replace(typed, edits=_similar(queries, words)), kinds, limit)
    return _shown(queries, found) if found else []


def _similar(queries: Queries, words: Sequence[str]) -> Edits:
    similar: dict[str, list[tuple[int, int]]] = {}
    for row in queries.rows("search_similar", words=words):
        similar.setdefault(row["typed"], []).append((row["search_word_id"] - 1, row["edit_count"]))
    return similar


def _shown(queries: Queries, found: Sequence[Found]) -> list[Hit]:
    names = [one.name + 1 for one in found]
    rows = {row.pop("search_name_id"): row for row in queries.rows("search", search_name_ids=names)}
    return [_hit(one, **rows[one.name + 1]) for one in found]


def _hit(found: Found, *, matched_field: Any, matched_name: str, **shown: Any) -> Hit:
    matched = Match(field=matched_field, name=matched_name, how=found.how, words=found.words)
    return Hit(**shown, score=found.score, matched=matched)
