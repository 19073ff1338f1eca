"""Which names fit best what is typed, and why."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from api.v1.search.index import BEGINNING, EDIT, WHOLE, Array, Occurrences, SearchIndex
from api.v1.search.schemas import Kind, MatchedWord, MatchKind, WordMatchKind

MOST_CANDIDATES = 500
"""Names that are compared by their letters: those whose words fit best, of equals the most popular."""

_HOW_WORDS: Mapping[int, WordMatchKind] = {WHOLE: "word", BEGINNING: "beginning"}

# More than the misfits of all words that anybody can type.
_ABSENT = 1_000_000

Edits = Mapping[str, Sequence[tuple[int, int]]]
"""Of a typed word, the places of words that may have been meant and how many edits off each is, ascending."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed."""

    words: Sequence[str]
    """Its different words, in their order."""
    key: bytes
    """All its words run together, in UTF-8."""
    edits: Edits | None
    """None while typos are not forgiven."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name that was found."""

    name: int
    """Its place in the index."""
    score: float
    """0 to 1."""
    how: MatchKind
    words: list[MatchedWord]


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: int
    misfit: int | None
    """Of all its words; None for what is found without regard to spaces."""
    is_whole: bool
    """It has no words but those that were typed."""


def rank(index: SearchIndex, typed: Typed, kinds: Collection[Kind], limit: int) -> list[Found]:
    """The names that fit best, at most `limit`, best first; of a film found by both its titles, the better."""
    occurrences = [index.occurrences(word, (typed.edits or {}).get(word, ())) for word in typed.words]
    ranked: dict[int, tuple[float, int, MatchKind]] = {}
    for candidate in _candidates(index, typed, occurrences, index.is_of(kinds)):
        how = _how(candidate, index.key(candidate.name), typed.key)
        score = 0.2 * float(index.popularity_shares[candidate.name]) + _fit(candidate, how)
        bearer, judged = int(index.bearers[candidate.name]), (-score, candidate.name, how)
        ranked[bearer] = min(judged, ranked.get(bearer, judged))
    best = sorted(ranked.values())[:limit]
    words = _matched_words(index, typed.words, occurrences, [name for _, name, how in best if how != "run_together"])
    return [Found(name, -negative, how, words.get(name, [])) for negative, name, how in best]


def _candidates(
    index: SearchIndex, typed: Typed, occurrences: Sequence[Occurrences], is_asked: Array
) -> Iterator[_Candidate]:
    misfits = sum((_misfits(word, len(is_asked)) for word in occurrences), np.zeros(len(is_asked), np.int32))
    names = np.flatnonzero((misfits < _ABSENT) & is_asked)
    for name in names[np.argsort(misfits[names], kind="stable")][:MOST_CANDIDATES].tolist():
        yield _Candidate(name, int(misfits[name]), bool(index.word_counts[name] == len(typed.words)))
    # The same letters with other spaces are the same name, too; and what is forgiven may have letters around it.
    lettered = index.named(typed.key) if typed.edits is None else index.holding(typed.key)
    for name in islice((name for name in lettered if is_asked[name]), MOST_CANDIDATES):
        yield _Candidate(name, None, is_whole=False)


def _misfits(occurrences: Occurrences, name_count: int) -> Array:
    """int32 (names,): how ill the best word of each name fits."""
    misfits = np.full(name_count, _ABSENT, np.int32)
    # The best come first, and of several values for one place the last stays.
    misfits[occurrences.names[::-1]] = occurrences.misfits[::-1]
    return misfits


def _how(candidate: _Candidate, key: bytes, typed: bytes) -> MatchKind:
    if key in (typed, b"the" + typed):
        return "exact"
    if candidate.misfit is None:
        return "run_together"
    if candidate.misfit >= EDIT:
        return "typos"
    if key.startswith(typed):
        return "beginning"
    return "phrase" if typed in key else "words"


def _fit(candidate: _Candidate, how: MatchKind) -> float:
    """How well the name fits, from 0 to 0.8."""
    misfit = candidate.misfit or 0
    match how:
        case "exact":
            return 0.8
        case "beginning":
            return 0.55
        case "phrase":
            return 0.5
        case "words":
            return 0.45 - min(misfit, 5) / 100
        case "run_together":
            return 0.2
        case "typos":
            return max((0.25 if candidate.is_whole else 0.15) - misfit / 200, 0.0)


def _matched_words(
    index: SearchIndex, typed: Sequence[str], occurrences: Sequence[Occurrences], names: Sequence[int]
) -> dict[int, list[MatchedWord]]:
    """Of each name, what answers to the typed words, in their order."""
    matched: dict[int, list[MatchedWord]] = {name: [] for name in names}
    for word, places in zip(typed, occurrences, strict=True):
        best: dict[int, MatchedWord] = {}
        for row in np.flatnonzero(np.isin(places.names, names)):
            found, misfit = index.words[places.words[row]], places.misfits[row]
            how = _HOW_WORDS.get(int(misfit), "typo")
            best.setdefault(int(places.names[row]), MatchedWord(typed=word, found=found, how=how))
        for name, answer in best.items():
            matched[name].append(answer)
    return matched
