"""The words of a text, and the terms of a trained model: finds them by key, or by the words and names in a text."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

import duckdb
import numpy as np

from recommender.structures import Floats, Integers, Objects

WORD = r"[^\W_]{2,}|[^\W_a-z]"
"""Letters and digits of any script. A single character is a word unless it is a Latin letter: 7 and 愛, but not the s
of "it's"."""

MAX_NAME_WORDS = 4
"""Maximum number of words of a name that is recognized in a text."""

MIN_NAME_WORDS = {"genre": 1, "keyword": 1, "cast": 2, "director": 2}
"""The fields whose names are recognized in a text, and the minimum number of words. First names alone are ignored."""


def fold(text: str) -> str:
    """Return the text in lower case without diacritics, so that café matches cafe; other scripts stay as they are."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(letter for letter in decomposed if not unicodedata.category(letter).startswith("M"))


class Vocabulary:
    """All terms, in arrays indexed by term id; see `Vectors` for their meaning."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Load `recommender.terms`."""
        terms = connection.execute("from recommender.terms order by term_id").fetchnumpy()
        self.field: Objects = terms["field"]
        self.key: Objects = terms["term_key"]
        self.term: Objects = terms["term"]
        self.idf: Floats = terms["idf"]
        self.document_count: Integers = terms["document_count"]
        self._ids_by_key = {field: self._index_keys(field) for field in np.unique(self.field)}
        self._ids_by_name = {
            field: self._index_names(field) for field in MIN_NAME_WORDS.keys() & self._ids_by_key.keys()
        }

    def find(self, field: str, key: str) -> int | None:
        """Return the id of a term, or None."""
        return self._ids_by_key.get(field, {}).get(key)

    def find_in_text(self, text: str) -> list[int | None]:
        """Return the ids of the words of a text and of the genres, keywords and people that it names."""
        words = re.findall(WORD, fold(text))
        found = [self.find("text", word) for word in words]
        for field, ids in self._ids_by_name.items():
            found += [ids.get(name) for name in _word_sequences(words, MIN_NAME_WORDS[field])]
        return found

    def ids_of_field(self, field: str) -> Integers:
        """Return the ids of all terms of a field."""
        return np.fromiter(self._ids_by_key.get(field, {}).values(), dtype=np.int64)

    def _index_keys(self, field: str) -> dict[str, int]:
        term_ids = np.flatnonzero(self.field == field)
        return dict(zip(self.key[term_ids].tolist(), term_ids.tolist(), strict=True))

    def _index_names(self, field: str) -> dict[str, int]:
        """Map folded names to term ids, leaving out those of a single film; of namesakes, the most frequent wins."""
        term_ids = self.ids_of_field(field)
        term_ids = term_ids[self.document_count[term_ids] > 1]
        term_ids = term_ids[np.argsort(self.document_count[term_ids], kind="stable")]
        names = (" ".join(re.findall(WORD, fold(term))) for term in self.term[term_ids])
        return dict(zip(names, term_ids.tolist(), strict=True))


def _word_sequences(words: Sequence[str], min_words: int) -> Iterator[str]:
    """Yield every sequence of `min_words` to `MAX_NAME_WORDS` consecutive words, joined by spaces."""
    for length in range(min_words, MAX_NAME_WORDS + 1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])
