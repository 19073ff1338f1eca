"""The words of all names in memory: which names have a word, and which have these letters.

In SQL a search took the engine 10 ms to plan and 6 to 30 ms to run, most of it to read the same columns again. They are
the same as long as the build is; so they are read once, and looked up in microseconds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.db.queries import Queries
from api.v1.search.schemas import KINDS, Kind

Array = NDArray[Any]

# How ill a word fits what was typed: it is that word, it begins with it, or it is so many edits off.
WHOLE, BEGINNING, EDIT = 0, 1, 10


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where a typed word occurs: one row per name and word of it, the best words first."""

    names: Array
    """int32 (n,): places of the names."""
    words: Array
    """int64 (n,): places of the words."""
    misfits: Array
    """int32 (n,): how ill the words fit, ascending."""


class SearchIndex:
    """What the search compares, of one build: 16 MB for 190,000 names. Read only, so that threads may share it.

    The place of a name is its rank by popularity, that of a word its rank by code points; both from 0.
    """

    def __init__(self, queries: Queries) -> None:
        """Read it from the tables of the search; takes a fifth of a second."""
        vocabulary = queries.columns("search_vocabulary")
        self.words: list[str] = vocabulary["word"].tolist()
        self._starts = _starts(vocabulary["name_count"])
        self._posted = queries.columns("search_postings")["search_name_id"] - 1
        names = queries.columns("search_names")
        # Between line breaks, which no key has: one search of bytes looks through all names.
        self._keys = "\n".join(["", *names["compact_key"], ""]).encode()
        self._key_starts = 1 + _starts(names["byte_count"] + 1)
        self.word_counts: Array = names["distinct_word_count"]
        self.popularity_shares: Array = names["popularity_share"]
        self.bearers: Array = (names["first_search_name_id"] - 1).astype(np.int32)
        """int32 (names,): equal for the names of one film."""
        self._is_kind = {kind: names["kind"] == kind for kind in KINDS}

    def is_of(self, kinds: Collection[Kind]) -> Array:
        """bool (names,): whether it is a name of one of these kinds."""
        mask: Array = np.logical_or.reduce([self._is_kind[kind] for kind in kinds])
        return mask

    def key(self, name: int) -> bytes:
        """The name's words run together, in UTF-8."""
        return self._keys[self._key_starts[name] : self._key_starts[name + 1] - 1]

    def named(self, key: bytes) -> Iterator[int]:
        """The names with this key, the most popular first."""
        return self.holding(b"\n" + key + b"\n")

    def holding(self, letters: bytes) -> Iterator[int]:
        """The names with these letters somewhere in their key, the most popular first."""
        found = self._keys.find(letters)
        while found >= 0:
            # The line break before a key stands where the key before it ends.
            name = int(np.searchsorted(self._key_starts, found + letters.startswith(b"\n"), side="right")) - 1
            yield name
            found = self._keys.find(letters, int(self._key_starts[name + 1]) - 1)

    def occurrences(self, typed: str, mistyped: Sequence[tuple[int, int]]) -> Occurrences:
        """Where the typed word and what it begins occur; and where those do that it may be a mistyped one of.

        `mistyped` has their places and how many edits off each is, ascending.
        """
        first = bisect_left(self.words, typed)
        last = bisect_right(self.words, typed, lo=first, key=lambda word: word[: len(typed)])
        places = np.concatenate([np.arange(first, last), [place for place, _ in mistyped]]).astype(np.int64)
        misfits = np.full(len(places), BEGINNING, np.int32)
        misfits[last - first :] = [EDIT * edits for _, edits in mistyped]
        if first < last and self.words[first] == typed:
            misfits[0] = WHOLE
        posted = [self._posted[self._starts[first] : self._starts[last]]]
        posted += [self._posted[self._starts[place] : self._starts[place + 1]] for place, _ in mistyped]
        counts = self._starts[places + 1] - self._starts[places]
        return Occurrences(np.concatenate(posted), np.repeat(places, counts), np.repeat(misfits, counts))


def _starts(lengths: Array) -> Array:
    """int64 (n + 1,): where each of things laid end to end begins, and where the last ends."""
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
