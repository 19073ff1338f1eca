"""Ranks the names that match a search."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from api.v1.search.index import EDIT_COST, PREFIX_COST, WHOLE_WORD_COST, Array, Postings, SearchIndex
from api.v1.search.schemas import Kind, MatchedWord, MatchKind, WordMatchKind

MAX_CANDIDATES = 500
"""Maximum number of names whose letters are compared: those with the lowest cost, then the most popular."""

_WORD_MATCH_KINDS: Mapping[int, WordMatchKind] = {WHOLE_WORD_COST: "word", PREFIX_COST: "beginning"}

# More than the total cost of any query.
_NO_MATCH = 1_000_000

EditDistances = Mapping[str, Sequence[tuple[int, int]]]
"""By query word, the position and edit distance of each similar word, in ascending order of the distance."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A parsed search text."""

    words: Sequence[str]
    """The distinct words, in order."""
    key: bytes
    """All words without spaces, in UTF-8."""
    edits: EditDistances | None
    """The similar words; None if typos are not allowed."""


@dataclass(frozen=True, slots=True)
class RankedName:
    """A name that matches."""

    position: int
    """Position in the index."""
    score: float
    """0 to 1."""
    match_kind: MatchKind
    words: list[MatchedWord]


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: int
    cost: int | None
    """Total cost of its words; None for a match regardless of spaces."""
    is_complete: bool
    """Whether all words of the name are in the query."""


def rank(index: SearchIndex, query: SearchQuery, kinds: Collection[Kind], limit: int) -> list[RankedName]:
    """Return the best names, at most `limit`, best first. A film that matches by both titles is listed once."""
    postings = [index.find_postings(word, (query.edits or {}).get(word, ())) for word in query.words]
    best: dict[int, tuple[float, int, MatchKind]] = {}
    for candidate in _find_candidates(index, query, postings, index.is_of(kinds)):
        kind = _match_kind(candidate, index.key(candidate.name), query.key)
        score = 0.2 * float(index.popularity_shares[candidate.name]) + _match_score(candidate, kind)
        first_name, ranked = int(index.first_names[candidate.name]), (-score, candidate.name, kind)
        best[first_name] = min(ranked, best.get(first_name, ranked))
    top = sorted(best.values())[:limit]
    words = _match_words(index, query.words, postings, [name for _, name, kind in top if kind != "run_together"])
    return [RankedName(name, -negative_score, kind, words.get(name, [])) for negative_score, name, kind in top]


def _find_candidates(
    index: SearchIndex, query: SearchQuery, postings: Sequence[Postings], is_eligible: Array
) -> Iterator[_Candidate]:
    costs = sum((_costs_by_name(word, len(is_eligible)) for word in postings), np.zeros(len(is_eligible), np.int32))
    names = np.flatnonzero((costs < _NO_MATCH) & is_eligible)
    for name in names[np.argsort(costs[names], kind="stable")][:MAX_CANDIDATES].tolist():
        yield _Candidate(name, int(costs[name]), bool(index.word_counts[name] == len(query.words)))
    # Names with the same letters but other spaces match too; if typos are allowed, so do longer names.
    same_letters = index.names_with_key(query.key) if query.edits is None else index.names_containing(query.key)
    for name in islice((name for name in same_letters if is_eligible[name]), MAX_CANDIDATES):
        yield _Candidate(name, None, is_complete=False)


def _costs_by_name(postings: Postings, name_count: int) -> Array:
    """Return int32 (names,): the lowest cost of a query word in each name."""
    costs = np.full(name_count, _NO_MATCH, np.int32)
    # Postings are sorted by cost, and numpy keeps the last of several values for one index.
    costs[postings.names[::-1]] = postings.costs[::-1]
    return costs


def _match_kind(candidate: _Candidate, key: bytes, query_key: bytes) -> MatchKind:
    if key in (query_key, b"the" + query_key):
        return "exact"
    if candidate.cost is None:
        return "run_together"
    if candidate.cost >= EDIT_COST:
        return "typos"
    if key.startswith(query_key):
        return "beginning"
    return "phrase" if query_key in key else "words"


def _match_score(candidate: _Candidate, kind: MatchKind) -> float:
    """Return the quality of the match, from 0 to 0.8."""
    cost = candidate.cost or 0
    match kind:
        case "exact":
            return 0.8
        case "beginning":
            return 0.55
        case "phrase":
            return 0.5
        case "words":
            return 0.45 - min(cost, 5) / 100
        case "run_together":
            return 0.2
        case "typos":
            return max((0.25 if candidate.is_complete else 0.15) - cost / 200, 0.0)


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
