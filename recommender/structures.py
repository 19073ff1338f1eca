"""The data that training stages pass to each other. Row i is the film `Corpus.movie_ids[i]`; a column is a term."""

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
    """The entries of one field in parallel arrays of shape (entries,), ordered by film and position."""

    row: Integers
    key: Integers | Objects
    """Identifies an entity: the id of a person, collection or user, or the name of a genre or keyword."""
    name: Objects
    """Display name. Only the first entry of each key has one; the others may be ''."""
    list_position: Integers
    """Position in the film's list, from 1; the billing for the cast."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """All films of the mart, including those without text."""

    movie_ids: Integers
    """Shape (films,), ascending, so that breaking ties by row breaks them by movie_id."""
    texts: Objects
    """Shape (films,): title, overview and tagline; '' if only the title is known."""
    entries: dict[str, Entries]
    """By field: all of `FieldWeights` but text; likes only when training with ratings."""
    years: Integers
    """Shape (films,): release years."""
    vote_counts: Integers
    """Shape (films,): TMDB votes, 0 if unknown."""
    vote_means: npt.NDArray[np.float64]
    """Shape (films,): mean votes, 0 to 10; 0 without votes."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """The film vectors, and the meaning of their columns in arrays of shape (terms,)."""

    matrix: csr_matrix
    """float32 (films, terms), non-negative, column indices ascending in each row.

    The squared weights of a row in a field add up to the field's weight; to less for few genres or likes and for
    frequent directors, languages and countries, and to 0 without terms. So the dot product of two rows is the weighted
    sum of the fields' similarities.
    """
    field: Objects
    key: Objects
    """Identifies the term in its field: a folded word, the id of a person, collection or user as text, or a name."""
    term: Objects
    """Display name."""
    document_count: Integers
    """Number of films with the term."""
    idf: Floats
    """ln((1 + films) / (1 + document_count)) + 1; 1 for users."""


@dataclass(frozen=True, slots=True)
class BaseScores:
    """The parts of a score that need no shared terms: closeness of years, and the prior."""

    years: Integers
    """Shape (years,): distinct release years, ascending."""
    year_of_film: Integers
    """Shape (films,): position of the film's release year in `years`."""
    year_scores: Floats
    """Shape (years, years): what two films released in these years add to each other's score."""
    prior_scores: Floats
    """Shape (films,): prior of each film when it is recommended."""
    prior_shares: Floats
    """Shape (films,): share of the other films' priors that counts in recommendations for this film."""
    exposure_penalties: Floats
    """Shape (films,): what was subtracted from the prior of films that would be in too many lists; 0 for most."""


@dataclass(frozen=True, slots=True)
class Neighbors:
    """Pairs of rows in parallel arrays of shape (pairs,), ordered by row and rank."""

    row: Integers
    rank: Integers
    """From 1 for each row."""
    neighbor: Integers
    """Always another row."""
    score: Floats
    """In (0, 1], descending for each row, ties by neighbor."""


@dataclass(frozen=True, slots=True)
class Model:
    """The result of a training."""

    movie_ids: Integers
    """Shape (films,)."""
    vectors: Vectors
    base: BaseScores
    neighbors: Neighbors
