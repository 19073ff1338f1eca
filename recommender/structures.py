"""What the stages hand to one another. A film is a row, as in `Corpus.movie_ids`, and a term a column."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

Integers = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.float32]
Objects = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Entries:
    """One field's entries in parallel arrays of shape (entries,), by film, then place in its list."""

    row: Integers
    key: Integers | Objects
    """What makes two entries the same entity: a person's id, a genre's name."""
    name: Objects
    list_position: Integers
    """From 1; in the cast this is the billing."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every film of the mart, whether or not it has any text."""

    movie_ids: Integers
    """Shape (films,), ascending: so a tie broken by row number is broken by movie_id."""
    texts: Objects
    """Shape (films,): title, overview and tagline, '' where nothing but the title is known."""
    entries: dict[str, Entries]
    """By field: genre, keyword, cast, director, collection."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """The films' vectors, and what their columns mean in arrays of shape (terms,)."""

    matrix: csr_matrix
    """float32 (films, terms), non-negative, column indices ascending in each row.

    Rows have length 1; that of a film without any text is empty.
    """
    field: Objects
    term: Objects
    """As shown to a reader."""
    document_count: Integers
    idf: Floats
    """ln((1 + films) / (1 + document_count)) + 1."""


@dataclass(frozen=True, slots=True)
class Neighbors:
    """Pairs of rows in parallel arrays of shape (pairs,), ordered by row, then rank."""

    row: Integers
    rank: Integers
    """From 1 in each row."""
    neighbor: Integers
    """Another row, never the row itself."""
    score: Floats
    """Cosine in (0, 1], descending in each row, ties by neighbor ascending."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Terms that pairs of near rows share, in parallel arrays of shape (reasons,), by pair, then rank."""

    pair: Integers
    """Place of the pair in the arrays of Neighbors."""
    rank: Integers
    """From 1 for each pair, by contribution descending, ties by term ascending."""
    term: Integers
    contribution: Floats
    """Product of the two rows' weights, in (0, 1]."""


@dataclass(frozen=True, slots=True)
class Model:
    """All that a training makes."""

    movie_ids: Integers
    """Shape (films,): the film of each row."""
    vectors: Vectors
    neighbors: Neighbors
    reasons: Reasons
