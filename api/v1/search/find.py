"""Finds films, people and collections by name."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from api.db.queries import Queries
from api.v1.search.index import SearchIndex
from api.v1.search.ranking import EditDistances, RankedName, SearchQuery, rank
from api.v1.search.schemas import Hit, Kind, Match


def find(queries: Queries, index: SearchIndex, text: str, kinds: Sequence[Kind], limit: int) -> list[Hit]:
    """Return the best hits, at most `limit`. Typos are allowed only if there are none without."""
    rows = queries.rows("search_typed", q=text)
    if not rows:
        return []
    words = [row["word"] for row in rows]
    query = SearchQuery(words, rows[0]["compact_key"].encode(), edits=None)
    names = rank(index, query, kinds, limit)
    if not names:
        names = rank(index, replace(query, edits=_find_similar_words(queries, words)), kinds, limit)
    return _fetch_hits(queries, names) if names else []


def _find_similar_words(queries: Queries, words: Sequence[str]) -> EditDistances:
    similar: dict[str, list[tuple[int, int]]] = {}
    for row in queries.rows("search_similar", words=words):
        similar.setdefault(row["typed"], []).append((row["search_word_id"] - 1, row["edit_count"]))
    return similar


def _fetch_hits(queries: Queries, names: Sequence[RankedName]) -> list[Hit]:
    ids = [name.position + 1 for name in names]
    rows = {row.pop("search_name_id"): row for row in queries.rows("search", search_name_ids=ids)}
    return [_create_hit(name, **rows[name.position + 1]) for name in names]


def _create_hit(ranked: RankedName, /, *, matched_field: Any, matched_name: str, **entity: Any) -> Hit:
    match = Match(field=matched_field, name=matched_name, how=ranked.match_kind, words=ranked.words)
    return Hit(**entity, score=ranked.score, matched=match)
