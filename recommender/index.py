"""The trained model in memory: films for any taste, and why. Reads schema `recommender`; knows no HTTP."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_matrix, csr_matrix

from recommender.base import year_scores
from recommender.config import Years
from recommender.structures import Floats, Integers, Objects
from recommender.words import WORD, fold

DISLIKE_SHARE = 0.5
"""A disliked film takes away half of what a liked one would add: much of it may have been good."""

LEAST_OF_SENTENCE = 0.05
"""A film must have this share of what a sentence says. To share a person or a genre that is asked for is enough."""

LONGEST_NAME = 4
"""Words of a name that is found in a sentence."""

NAMED_FIELDS = {"genre": 1, "keyword": 1, "cast": 2, "director": 2}
"""The fields whose terms a sentence may name, and the fewest words of such a name: a first name names nobody."""

Flags = npt.NDArray[np.bool_]

TINY = float(np.finfo(np.float32).tiny)

SMALLEST_POOL = 200
POOL_FACTOR = 5
"""Diversity chooses among so many times the films that are asked for, the best ones, and at least among 200."""


@dataclass(frozen=True, slots=True)
class Seed:
    """Something that a taste is made of: a film, a person, a genre, a sentence."""

    terms: Integers
    """Columns of the vectors, ascending; none if nothing is known of it."""
    weights: Floats
    """What each counts: the content score of a film is the sum of its weights times these."""
    least_content: float
    """The content score that a film needs."""
    prior_share: float
    """How much of the films' priors counts, 0 to 1."""
    year: int | None = None
    """Films near this year come first; None if the seed is of no time."""


@dataclass(frozen=True, slots=True)
class Taste:
    """What somebody likes and dislikes; at least one thing is liked.

    A film's year score and prior are the means of those for what is liked. Its content scores are added up and divided
    by the square root of their number: of many likes the mean would leave little but fame, the sum nothing else. Of
    what is disliked, DISLIKE_SHARE of the same is taken away. A film must share enough with one thing that is liked.
    """

    liked: tuple[Seed, ...]
    disliked: tuple[Seed, ...] = ()


@dataclass(frozen=True, slots=True)
class Steering:
    """How to choose among the films that suit a taste."""

    limit: int = 10
    diversity: float = 0.0
    """0 takes the films of greatest score; the nearer to 1, the less like each other (MMR)."""
    novelty: float = 0.0
    """0 counts the films' priors wholly, 1 not at all."""
    one_per_collection: bool = False


@dataclass(frozen=True, slots=True)
class Recommended:
    """A film and its score: the sum of the three parts."""

    movie_id: int
    score: float
    content_score: float
    year_score: float
    prior_score: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a shared term adds to a content score; less than 0 where a disliked film shares it."""

    field: str
    key: str
    term: str
    contribution: float


@dataclass(frozen=True, slots=True)
class _Scores:
    """The parts of every film's score, each float32 (films,), and whether it shares enough."""

    content: Floats
    year: Floats
    prior: Floats
    is_near: Flags

    @property
    def total(self) -> Floats:
        return self.content + self.year + self.prior


@dataclass(frozen=True, slots=True)
class _Terms:
    """What the columns of the vectors mean, each of shape (terms,)."""

    field: Objects
    key: Objects
    term: Objects
    idf: Floats
    document_count: Integers


class Index:
    """Every film's vector, year and prior. Read only, so that threads may share it: 100 MB for 45,000 films."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read the tables; takes half a second. A table that is missing is duckdb's error."""
        (config_json,) = connection.execute("select config_json from recommender.model").fetchall()[0]
        self._config = json.loads(config_json)
        self._weights: dict[str, float] = self._config["weights"]
        self._year_config = Years(**self._config["years"])
        movies = connection.execute("from recommender.movies order by movie_id").fetchnumpy()
        self._movie_ids, self._priors = movies["movie_id"], movies["prior_score"]
        self._prior_shares = movies["prior_share"]
        self._years, self._year_of = np.unique(movies["release_year"], return_inverse=True)
        terms = connection.execute("from recommender.terms order by term_id").fetchnumpy()
        self._terms = _Terms(*(terms[name] for name in ("field", "term_key", "term", "idf", "document_count")))
        self._vectors = _vectors(connection, self._movie_ids, self._terms.term.size)
        self._by_term = csc_matrix(self._vectors)
        self._own: Floats = np.asarray(self._vectors.multiply(self._vectors).sum(axis=1), dtype=np.float32).ravel()
        self._columns = {field: self._columns_of(field) for field in np.unique(self._terms.field)}
        self._names = self._columns_by_name()
        self._collection = self._collections()

    def film(self, movie_id: int) -> Seed | None:
        """A film as a seed; None if there is none of this id."""
        row = self._row(movie_id)
        if row is None:
            return None
        vector = self._vectors[[row]]
        least = min(self._config["least_content"], self._config["least_content_share"] * float(self._own[row]))
        share, year = float(self._prior_shares[row]), int(self._years[self._year_of[row]])
        return Seed(vector.indices, vector.data, least, share, year)

    def person(self, person_id: int) -> Seed:
        """A person as a seed: whoever acts in a film or directs it."""
        key = str(person_id)
        return self._asked([(field, self._columns.get(field, {}).get(key)) for field in ("cast", "director")])

    def genre(self, name: str) -> Seed:
        """A genre as a seed, by its name as it is in the warehouse."""
        return self._asked([("genre", self._columns.get("genre", {}).get(name))])

    def sentence(self, text: str) -> Seed:
        """What somebody types as a seed: its words, and the genres, keywords and people that it names."""
        words = re.findall(WORD, fold(text))
        said = [("text", self._columns.get("text", {}).get(word)) for word in words]
        named = [
            (field, names.get(name))
            for field, names in self._names.items()
            for name in _sequences(words, NAMED_FIELDS[field])
        ]
        return self._asked([*said, *named], least=LEAST_OF_SENTENCE)

    def recommend(
        self,
        taste: Taste,
        steering: Steering,
        *,
        among: Collection[int] | None = None,
        without: Collection[int] = (),
    ) -> list[Recommended]:
        """The films for a taste, best first: at most `steering.limit` of those `among`, all if None, but `without`.

        What ties is in order of movie_id; what shares too little with the taste is left out.
        """
        scores = self._scores(taste, steering.novelty)
        is_eligible = scores.is_near.copy()
        if among is not None:
            is_eligible &= self._are_among(among)
        is_eligible &= ~self._are_among(without)
        rows: Integers = np.flatnonzero(is_eligible)
        total = scores.total[rows]
        rows = rows[np.lexsort((rows, -total))]
        if steering.one_per_collection:
            rows = rows[_is_first(self._collection[rows])]
        if steering.diversity > 0:
            pool = rows[: max(SMALLEST_POOL, POOL_FACTOR * steering.limit)]
            rows = self._diverse(pool, scores.total[pool], steering)
        return self._recommended(rows[: steering.limit], scores)

    def scored(self, taste: Taste, movie_ids: Iterable[int]) -> list[Recommended]:
        """The scores of these films for a taste, in their order, whatever they share; ids of no film are left out."""
        rows = np.array([row for movie_id in movie_ids if (row := self._row(movie_id)) is not None], dtype=np.int64)
        return self._recommended(rows, self._scores(taste, novelty=0.0))

    def contributions(self, taste: Taste, movie_id: int) -> list[Contribution]:
        """What each shared term adds to the content score of a film, greatest first; they add up to it."""
        row = self._row(movie_id)
        if row is None:
            return []
        asked, weights = _combined(taste)
        own = slice(*self._vectors.indptr[row : row + 2])  # a tenth of the time of a row of the matrix
        columns, at_asked, at_own = np.intersect1d(
            asked, self._vectors.indices[own], assume_unique=True, return_indices=True
        )
        added = weights[at_asked] * self._vectors.data[own][at_own]
        order = np.lexsort((columns, -added))
        terms = self._terms
        return [
            Contribution(terms.field[column], terms.key[column], terms.term[column], float(value))
            for column, value in zip(columns[order], added[order], strict=True)
        ]

    def _row(self, movie_id: int) -> int | None:
        row = int(np.searchsorted(self._movie_ids, movie_id))
        return row if row < self._movie_ids.size and self._movie_ids[row] == movie_id else None

    def _are_among(self, movie_ids: Collection[int]) -> Flags:
        """Whether each film is one of these, shape (films,)."""
        wanted = np.asarray(movie_ids if isinstance(movie_ids, np.ndarray) else [*movie_ids], dtype=np.int64)
        rows = np.minimum(np.searchsorted(self._movie_ids, wanted), self._movie_ids.size - 1)
        are_among = np.zeros(self._movie_ids.size, dtype=bool)
        are_among[rows[self._movie_ids[rows] == wanted]] = True
        return are_among

    def _asked(self, terms: Iterable[tuple[str, int | None]], least: float = 0.0) -> Seed:
        """A seed of terms by field. What it says is all there is to say: its fields share the weight of all fields."""
        columns = np.unique(np.array([column for _, column in terms if column is not None], dtype=np.int32))
        whole = sum(self._weights.values())
        fields, weights = self._terms.field[columns], self._terms.idf[columns].astype(np.float64)
        for field in np.unique(fields):
            of_field = fields == field
            weights[of_field] *= np.sqrt(self._weights[field] / np.square(weights[of_field]).sum())
        weights *= whole / max(np.square(weights).sum(), TINY)
        return Seed(columns, weights.astype(np.float32), max(least * whole, TINY), prior_share=1.0)

    def _scores(self, taste: Taste, novelty: float) -> _Scores:
        count = len(taste.liked)
        liked = self._content(*_combined(Taste(taste.liked)))
        content = self._content(*_combined(taste)) if taste.disliked else liked
        year = np.zeros(self._years.size, dtype=np.float32)
        for seed in taste.liked:
            if seed.year is not None:
                year += year_scores(np.array([seed.year]), self._years, self._year_config)[0]
        share = (1 - novelty) * sum(seed.prior_share for seed in taste.liked) / count
        least = np.float32(min(seed.least_content for seed in taste.liked) / np.sqrt(count))
        return _Scores(
            content=content,
            year=(year / np.float32(count))[self._year_of],
            prior=np.float32(share) * self._priors,
            is_near=liked >= max(least, np.float32(TINY)),
        )

    def _content(self, columns: Integers, weights: Floats) -> Floats:
        content: Floats = self._by_term[:, columns] @ weights
        return content

    def _recommended(self, rows: Integers, scores: _Scores) -> list[Recommended]:
        parts = (scores.total, scores.content, scores.year, scores.prior)
        columns = [self._movie_ids[rows], *(part[rows] for part in parts)]
        return [Recommended(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]

    def _diverse(self, pool: Integers, total: Floats, steering: Steering) -> Integers:
        """Maximal marginal relevance (Carbonell and Goldstein, 1998): rows of the pool, in the order chosen.

        Each time the one with the greatest (1 - diversity) * score - diversity * likeness: scores as shares of the
        greatest, likeness the cosine with the nearest of those chosen before.
        """
        vectors = self._vectors[pool]
        cosine = (vectors @ vectors.T).toarray() / np.sqrt(np.outer(self._own[pool], self._own[pool]))
        worth = (1 - steering.diversity) * total / total.max(initial=TINY)
        likeness = np.zeros(pool.size)
        chosen: list[int] = []
        for _ in range(min(steering.limit, pool.size)):
            value = worth - steering.diversity * likeness
            value[chosen] = -np.inf
            chosen.append(int(np.argmax(value)))
            likeness = np.maximum(likeness, cosine[chosen[-1]])
        return pool[chosen]

    def _columns_of(self, field: str) -> dict[str, int]:
        columns = np.flatnonzero(self._terms.field == field)
        return dict(zip(self._terms.key[columns].tolist(), columns.tolist(), strict=True))

    def _columns_by_name(self) -> dict[str, dict[str, int]]:
        """By field the columns that a sentence may name; of several of a name the one that most films have."""
        names: dict[str, dict[str, int]] = {}
        for field in NAMED_FIELDS.keys() & self._columns.keys():
            columns = np.fromiter(self._columns[field].values(), dtype=np.int64)
            columns = columns[self._terms.document_count[columns] > 1]
            columns = columns[np.argsort(self._terms.document_count[columns], kind="stable")]
            folded = (" ".join(re.findall(WORD, fold(term))) for term in self._terms.term[columns])
            names[field] = dict(zip(folded, columns.tolist(), strict=True))
        return names

    def _collections(self) -> Integers:
        """The column of each film's collection, shape (films,); where there is none, a number of its own below 0."""
        collection = -1 - np.arange(self._movie_ids.size)
        columns = np.fromiter(self._columns.get("collection", {}).values(), dtype=np.int64)
        of_collection = self._by_term[:, columns].tocoo()
        collection[of_collection.row] = columns[of_collection.col]
        return collection


def _vectors(connection: duckdb.DuckDBPyConnection, movie_ids: Integers, terms: int) -> csr_matrix:
    entries = connection.execute("from recommender.movie_terms order by movie_id, term_id").fetchnumpy()
    starts = np.searchsorted(entries["movie_id"], movie_ids)
    indptr = np.append(starts, entries["movie_id"].size)
    return csr_matrix((entries["weight"], entries["term_id"], indptr), shape=(movie_ids.size, terms))


def _combined(taste: Taste) -> tuple[Integers, Floats]:
    """The columns of a taste, ascending, and their weights."""
    parts = [(seed, len(taste.liked) ** -0.5) for seed in taste.liked]
    parts += [(seed, -DISLIKE_SHARE * len(taste.disliked) ** -0.5) for seed in taste.disliked]
    columns, place = np.unique(np.concatenate([seed.terms for seed, _ in parts]), return_inverse=True)
    weights = np.concatenate([seed.weights * np.float32(share) for seed, share in parts])
    return columns, np.bincount(place, weights, columns.size).astype(np.float32)


def _sequences(words: Sequence[str], fewest: int) -> Iterator[str]:
    """Every run of at least `fewest` and at most LONGEST_NAME words, as a text."""
    for length in range(fewest, LONGEST_NAME + 1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _is_first(values: Integers) -> Flags:
    """Of each value whether none before it is the same."""
    is_first = np.zeros(values.size, dtype=bool)
    is_first[np.unique(values, return_index=True)[1]] = True
    return is_first
