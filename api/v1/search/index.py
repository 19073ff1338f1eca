"""The words of all names in memory.

In SQL, planning a search took 10 ms and running it 6 to 30 ms, mostly to read the same columns again. They are constant
in a build, so they are read once and searched in microseconds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from api.db.queries import Queries
from api.v1.search.schemas import KINDS, Kind

Array = NDArray[Any]
SimilarWords = Sequence[tuple[int, int]]
"""The position and edit distance of each similar word, in ascending order of the distance."""

# The cost of matching a query word: a whole word, the beginning of a word, or each edit.
WHOLE_WORD_COST, PREFIX_COST, EDIT_COST = 0, 1, 10


class Postings(NamedTuple):
    """The matches of a query word: one row per name and matching word, cheapest first."""

    names: Array
    """int32 (n,): positions of the names."""
    words: Array
    """int64 (n,): positions of the words."""
    costs: Array
    """int32 (n,): match costs, ascending."""


class SearchIndex:
    """The search data of one build: 16 MB for 190,000 names. Read only, so threads can share it.

    The position of a name is its rank by popularity; the position of a word, its rank by code points; both from 0.
    """

    def __init__(self, queries: Queries) -> None:
        """Read the search tables, which takes a fifth of a second."""
        vocabulary = queries.columns("search_vocabulary")
        self.words: list[str] = vocabulary["word"].tolist()
        self._posting_offsets = _offsets(vocabulary["name_count"])
        self._posted_names = queries.columns("search_postings")["search_name_id"] - 1
        names = queries.columns("search_names")
        # Keys are separated by line breaks, which no key contains, so that one byte search covers all names.
        self._keys = "\n".join(["", *names["compact_key"], ""]).encode()
        self._key_offsets = 1 + _offsets(names["byte_count"] + 1)
        self.word_counts: Array = names["distinct_word_count"]
        self.popularity_shares: Array = names["popularity_share"]
        self.first_names: Array = (names["first_search_name_id"] - 1).astype(np.int32)
        """int32 (names,): position of the first name of the same film, person or collection."""
        self._is_kind = {kind: names["kind"] == kind for kind in KINDS}

    def is_of(self, kinds: Collection[Kind]) -> Array:
        """Return bool (names,): whether each name is of one of the kinds."""
        mask: Array = np.logical_or.reduce([self._is_kind[kind] for kind in kinds])
        return mask

    def key(self, name: int) -> bytes:
        """Return the words of a name without spaces, in UTF-8."""
        return self._keys[self._key_offsets[name] : self._key_offsets[name + 1] - 1]

    def names_with_key(self, key: bytes) -> Iterator[int]:
        """Yield the names with this key, most popular first."""
        return self.names_containing(b"\n" + key + b"\n")

    def names_containing(self, letters: bytes) -> Iterator[int]:
        """Yield the names whose key contains the letters, most popular first."""
        found = self._keys.find(letters)
        while found >= 0:
            # A line break before a key belongs to the key before it.
            name = int(np.searchsorted(self._key_offsets, found + letters.startswith(b"\n"), side="right")) - 1
            yield name
            found = self._keys.find(letters, int(self._key_offsets[name + 1]) - 1)

    def find_postings(self, word: str, similar_words: SimilarWords = ()) -> Postings:
        """Return the names with the word, with words that begin with it, and with similar words."""
        first = bisect_left(self.words, word)
        last = bisect_right(self.words, word, lo=first, key=lambda other: other[: len(word)])
        positions = np.concatenate([np.arange(first, last), [position for position, _ in similar_words]])
        positions = positions.astype(np.int64)
        costs = np.full(len(positions), PREFIX_COST, np.int32)
        costs[last - first :] = [EDIT_COST * edits for _, edits in similar_words]
        if first < last and self.words[first] == word:
            costs[0] = WHOLE_WORD_COST
        offsets = self._posting_offsets
        names = [self._posted_names[offsets[first] : offsets[last]]]
        names += [self._posted_names[offsets[position] : offsets[position + 1]] for position, _ in similar_words]
        counts = offsets[positions + 1] - offsets[positions]
        return Postings(np.concatenate(names), np.repeat(positions, counts), np.repeat(costs, counts))


def _offsets(lengths: Array) -> Array:
    """Return int64 (n + 1,): the offset of each of n consecutive items, and the end of the last."""
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
