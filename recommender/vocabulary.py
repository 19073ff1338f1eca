"""The words of a text, and the terms of a trained model: found by key, and with their weights in each film."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

from recommender.structures import Floats, Integers, Objects

WORD = r"[^\W_]{2,}|[^\W_a-z]"
"""Letters and digits of any script. A single character is a word unless it is a Latin letter: 7 and 愛, but not the s
of "it's"."""


def fold(text: str) -> str:
    """Return the text in lower case without diacritics, so that café matches cafe; other scripts stay as they are."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(letter for letter in decomposed if not unicodedata.category(letter).startswith("M"))


@dataclass(frozen=True, slots=True)
class IndexedFilms:
    """The films of an index, by term."""

    movie_ids: Integers
    """Shape (films,), ascending."""
    years: Integers
    """Shape (films,): release years."""
    vocabulary: "Vocabulary"
    vectors_by_term: csc_matrix
    """Shape (films, terms)."""
    field_weights: Mapping[str, float]
    """Squared length of the part of a film's vector that contains the terms of a field."""


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

    def find(self, field: str, key: str) -> int | None:
        """Return the id of a term, or None."""
        return self._ids_by_key.get(field, {}).get(key)

    def ids_of_field(self, field: str) -> Integers:
        """Return the ids of all terms of a field."""
        return np.fromiter(self._ids_by_key.get(field, {}).values(), dtype=np.int64)

    def _index_keys(self, field: str) -> dict[str, int]:
        term_ids = np.flatnonzero(self.field == field)
        return dict(zip(self.key[term_ids].tolist(), term_ids.tolist(), strict=True))


def load_vectors(connection: duckdb.DuckDBPyConnection, movie_ids: Integers, term_count: int) -> csr_matrix:
    """Load `recommender.movie_terms`, shape (films, terms)."""
    entries = connection.execute("from recommender.movie_terms order by movie_id, term_id").fetchnumpy()
    starts = np.searchsorted(entries["movie_id"], movie_ids)
    indptr = np.append(starts, entries["movie_id"].size)
    return csr_matrix((entries["weight"], entries["term_id"], indptr), shape=(movie_ids.size, term_count))
