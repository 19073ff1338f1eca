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
    """Of the first entry of each key; the others may be ''."""
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
    """By field: genre, keyword, cast, director, collection; and likes, if there are any, with a user for each."""
    years: Integers
    """Shape (films,): year of release."""
    vote_counts: Integers
    """Shape (films,): how many voted, 0 where that is unknown."""
    vote_means: npt.NDArray[np.float64]
    """Shape (films,): their mean vote, 0 to 10; 0 where nobody voted."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """The films' vectors, and what their columns mean in arrays of shape (terms,)."""

    matrix: csr_matrix
    """float32 (films, terms), non-negative, column indices ascending in each row.

    The squares of a row's weights in a field add up to the field's weight, or to 0 where the film has no term of it; to
    less where the film has few genres or likes. So the product of two rows is a sum over the fields of weight times
    cosine.
    """
    field: Objects
    key: Objects
    """What makes the term itself: a folded word, a person's id as text, a genre's name."""
    term: Objects
    """As shown to a reader."""
    document_count: Integers
    idf: Floats
    """ln((1 + films) / (1 + document_count)) + 1; 1 for a user."""


@dataclass(frozen=True, slots=True)
class Base:
    """What the score of two films has without a shared term: the closeness of their years, and a prior."""

    groups: Integers
    """Shape (groups,): the years of which there are films, ascending."""
    group: Integers
    """Shape (films,): the place of a film's year in `groups`."""
    year_scores: Floats
    """Shape (groups, groups): what a film of the second year gets, asked for one of the first."""
    prior_scores: Floats
    """Shape (films,): what speaks for a film."""
    prior_shares: Floats
    """Shape (films,): how much of the others' priors counts when they are recommended for the film."""


@dataclass(frozen=True, slots=True)
class Neighbors:
    """Pairs of rows in parallel arrays of shape (pairs,), ordered by row, then rank."""

    row: Integers
    rank: Integers
    """From 1 in each row."""
    neighbor: Integers
    """Another row, never the row itself."""
    score: Floats
    """In (0, 1], descending in each row, ties by neighbor ascending."""


@dataclass(frozen=True, slots=True)
class Model:
    """All that a training makes."""

    movie_ids: Integers
    """Shape (films,): the film of each row."""
    vectors: Vectors
    base: Base
    neighbors: Neighbors
