"""Finds and ranks films, people and collections by name."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from api.db.queries import Queries
from api.v1.search.index import EDIT_COST, PREFIX_COST, WHOLE_WORD_COST, Array, Postings, SearchIndex, SimilarWords
from api.v1.search.schemas import Hit, Kind, Match, MatchedWord, MatchKind, WordMatchKind

MAX_CANDIDATES = 500
"""Maximum number of names whose letters are compared: those with the lowest cost, then the most popular."""

_WORD_MATCH_KINDS: Mapping[int, WordMatchKind] = {WHOLE_WORD_COST: "word", PREFIX_COST: "beginning"}

# More than the total cost of any query.
_NO_MATCH = 1_000_000

Candidate = tuple[int, int | None]
"""The position of a name and the total cost of its words; None for a match regardless of spaces."""
RankedName = tuple[float, int, MatchKind]
"""The negative score of a name, its position in the index and how it matches; the best is the least."""


def find(queries: Queries, index: SearchIndex, text: str, kinds: Collection[Kind], limit: int) -> list[Hit]:
    """Return the best hits, at most `limit`. Typos are allowed only if there are none without."""
    typed = queries.rows("search_typed", q=text)
    if not typed:
        return []
    words, key = [row["word"] for row in typed], typed[0]["compact_key"].encode()
    postings, is_eligible = [index.find_postings(word) for word in words], index.is_of(kinds)
    names = _rank(index, key, _find_candidates(index.names_with_key(key), postings, is_eligible), len(words), limit)
    if not names:
        similar = _find_similar_words(queries, words)
        postings = [index.find_postings(word, similar.get(word, ())) for word in words]
        candidates = _find_candidates(index.names_containing(key), postings, is_eligible)
        names = _rank(index, key, candidates, len(words), limit)
    matched = _match_words(index, words, postings, [name for _, name, kind in names if kind != "run_together"])
    ids = [name + 1 for _, name, _ in names]
    rows = {row.pop("search_name_id"): row for row in queries.rows("search", search_name_ids=ids)} if ids else {}
    hits = []
    for negative_score, name, kind in names:
        row = rows[name + 1]
        field, matched_name = row.pop("matched_field"), row.pop("matched_name")
        match = Match(field=field, name=matched_name, how=kind, words=matched.get(name, []))
        hits.append(Hit(**row, score=-negative_score, matched=match))
    return hits


def _find_similar_words(queries: Queries, words: Sequence[str]) -> Mapping[str, SimilarWords]:
    similar: dict[str, list[tuple[int, int]]] = {}
    for row in queries.rows("search_similar", words=words):
        similar.setdefault(row["typed"], []).append((row["search_word_id"] - 1, row["edit_count"]))
    return similar


def _rank(
    index: SearchIndex, key: bytes, candidates: Iterable[Candidate], word_count: int, limit: int
) -> list[RankedName]:
    """Return the best names, best first. A film that matches by both titles is listed once.

    Args:
        key: All words of the query without spaces, in UTF-8.
        word_count: Number of words in the query.
    """
    best: dict[int, RankedName] = {}
    for name, cost in candidates:
        kind = _match_kind(cost, index.key(name), key)
        is_complete = bool(index.word_counts[name] == word_count)
        score = 0.2 * float(index.popularity_shares[name]) + _match_score(kind, cost or 0, is_complete)
        first_name, ranked = int(index.first_names[name]), (-score, name, kind)
        best[first_name] = min(ranked, best.get(first_name, ranked))
    return sorted(best.values())[:limit]


def _find_candidates(
    same_letters: Iterator[int], postings: Sequence[Postings], is_eligible: Array
) -> Iterator[Candidate]:
    costs = sum((_costs_by_name(word, len(is_eligible)) for word in postings), np.zeros(len(is_eligible), np.int32))
    names = np.flatnonzero((costs < _NO_MATCH) & is_eligible)
    for name in names[np.argsort(costs[names], kind="stable")][:MAX_CANDIDATES].tolist():
        yield name, int(costs[name])
    for name in islice((name for name in same_letters if is_eligible[name]), MAX_CANDIDATES):
        yield name, None


def _costs_by_name(postings: Postings, name_count: int) -> Array:
    """Return int32 (names,): the lowest cost of a query word in each name."""
    costs = np.full(name_count, _NO_MATCH, np.int32)
    # Postings are sorted by cost, and numpy keeps the last of several values for one index.
    costs[postings.names[::-1]] = postings.costs[::-1]
    return costs


def _match_kind(cost: int | None, key: bytes, query_key: bytes) -> MatchKind:
    if key in (query_key, b"the" + query_key):
        return "exact"
    if cost is None:
        return "run_together"
    if cost >= EDIT_COST:
        return "typos"
    if key.startswith(query_key):
        return "beginning"
    return "phrase" if query_key in key else "words"


def _match_score(kind: MatchKind, cost: int, is_complete: bool) -> float:
    """Return the quality of the match, from 0 to 0.8. It is complete if all words of the name are in the query."""
    if kind == "words":
        return 0.45 - min(cost, 5) / 100
    if kind == "typos":
        return max((0.25 if is_complete else 0.15) - cost / 200, 0.0)
    return {"exact": 0.8, "beginning": 0.55, "phrase": 0.5, "run_together": 0.2}[kind]


def _match_words(
    index: SearchIndex, query_words: Sequence[str], postings: Sequence[Postings], names: Sequence[int]
) -> dict[int, list[MatchedWord]]:
    """Return the matched words of each name, in the order of the query."""
    matched: dict[int, list[MatchedWord]] = {name: [] for name in names}
    for query_word, rows in zip(query_words, postings, strict=True):
        best: dict[int, MatchedWord] = {}
        for row in np.flatnonzero(np.isin(rows.names, names)):
            kind = _WORD_MATCH_KINDS.get(int(rows.costs[row]), "typo")
            word = MatchedWord(typed=query_word, found=index.words[rows.words[row]], how=kind)
            best.setdefault(int(rows.names[row]), word)
        for name, word in best.items():
            matched[name].append(word)
    return matched
