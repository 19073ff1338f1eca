"""The trained model in memory: recommends films for any taste and explains the scores."""

import json
from collections.abc import Collection, Iterable

import duckdb
import numpy as np
import numpy.typing as npt
from scipy.sparse import csc_matrix

from recommender.base_scores import year_scores
from recommender.config import Years
from recommender.scoring import Scores, apply_description
from recommender.selection import MIN_POOL, POOL_FACTOR, TINY, diversify, select_best
from recommender.structures import Floats, Integers
from recommender.taste import (
    NOVEL_PRIOR_SHARES,
    NOVELTY_WEIGHT,
    UNDESCRIBED_SHARE,
    Contribution,
    RankingOptions,
    ScoredMovie,
    Seed,
    Taste,
    combine_seeds,
)
from recommender.vocabulary import IndexedFilms, Vocabulary, load_vectors

Flags = npt.NDArray[np.bool_]


class RecommenderIndex:
    """The vector, year and prior of every film. Read-only, so threads can share it; 100 MB for 45,000 films."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Load the tables of schema `recommender`, which takes about half a second.

        Raises:
            duckdb.CatalogException: A table is missing.
        """
        (config_json,) = connection.execute("select config_json from recommender.model").fetchall()[0]
        self._config = json.loads(config_json)
        self._weights: dict[str, float] = self._config["weights"]
        self._year_config = Years(**self._config["years"])
        movies = connection.execute("from recommender.movies order by movie_id").fetchnumpy()
        self._movie_ids, self._priors = movies["movie_id"], movies["prior_score"]
        self._relative_priors = np.maximum(self._priors, 0) / max(float(self._priors.max(initial=0)), TINY)
        self._prior_shares = movies["prior_share"]
        self._years, self._year_of_film = np.unique(movies["release_year"], return_inverse=True)
        self._vocabulary = Vocabulary(connection)
        self._vectors = load_vectors(connection, self._movie_ids, self._vocabulary.term.size)
        self._vectors_by_term = csc_matrix(self._vectors)
        self._squared_norms: Floats = np.asarray(
            self._vectors.multiply(self._vectors).sum(axis=1), dtype=np.float32
        ).ravel()
        self._collections = self._find_collections()

    def seed_from_film(self, movie_id: int) -> Seed | None:
        """Return a film as a seed, or None if no film has this id."""
        row = self._find_row(movie_id)
        if row is None:
            return None
        vector = self._vectors[[row]]
        return Seed(
            term_ids=vector.indices,
            weights=vector.data,
            min_content_score=min(
                self._config["least_content"], self._config["least_content_share"] * float(self._squared_norms[row])
            ),
            prior_share=float(self._prior_shares[row]),
            year=int(self._years[self._year_of_film[row]]),
        )

    def seed_from_person(self, person_id: int) -> Seed:
        """Return a person as a seed that matches the films they act in or direct."""
        return self._seed_from_terms([self._vocabulary.find(field, str(person_id)) for field in ("cast", "director")])

    def seed_from_genre(self, name: str) -> Seed:
        """Return a genre as a seed; `name` is spelled as in the warehouse."""
        return self._seed_from_terms([self._vocabulary.find("genre", name)])

    @property
    def films(self) -> IndexedFilms:
        """The films by term."""
        years = self._years[self._year_of_film]
        return IndexedFilms(self._movie_ids, years, self._vocabulary, self._vectors_by_term, self._weights)

    def recommend(
        self,
        taste: Taste,
        options: RankingOptions,
        *,
        candidates: Collection[int] | None = None,
        exclude: Collection[int] = (),
    ) -> list[ScoredMovie]:
        """Return the best films for a taste, best first, ties by movie_id.

        The best film for each of several liked seeds comes before all others, unless there is a description or
        diversity is requested.

        Args:
            taste: What is liked, disliked and described. Films that share too little with every liked seed, and those
                that do not match the description if there are no seeds, are left out.
            options: Limit, diversity and novelty.
            candidates: Ids of the films to choose from; None for all.
            exclude: Ids of films not to recommend.
        """
        scores = self._score_all(taste, options.novelty)
        is_eligible = scores.is_eligible & ~self._select(exclude)
        if candidates is not None:
            is_eligible &= self._select(candidates)
        rows: Integers = np.flatnonzero(is_eligible)
        total = scores.total
        pool = max(MIN_POOL, POOL_FACTOR * options.limit)
        leaders = np.empty(0, dtype=rows.dtype)
        if rows.size and len(taste.liked) > 1 and taste.description is None and options.diversity == 0:
            leaders = np.unique(rows[np.argmax(scores.by_seed[:, rows], axis=1)])
        rows = select_best(rows, total[rows], rows.size if options.one_per_collection else pool)
        rows = np.concatenate([select_best(leaders, total[leaders], pool), rows[~np.isin(rows, leaders)]])
        if options.one_per_collection:
            _, first = np.unique(self._collections[rows], return_index=True)
            rows = rows[np.sort(first)]
        if options.diversity > 0 and rows.size:
            rows = rows[:pool]
            rows = rows[diversify(self._vectors[rows], self._squared_norms[rows], total[rows], options)]
        return self._to_scored_movies(rows[: options.limit], scores)

    def recommend_for(self, movie_id: int, limit: int) -> list[ScoredMovie]:
        """Return the best films for a film; empty if the id is unknown or the film has no terms."""
        seed = self.seed_from_film(movie_id)
        if seed is None:
            return []
        return self.recommend(Taste((seed,)), RankingOptions(limit), exclude=[movie_id])

    def score(self, taste: Taste, movie_ids: Iterable[int]) -> list[ScoredMovie]:
        """Return the scores of these films in the given order, eligible or not; unknown ids are skipped."""
        rows = np.array(
            [row for movie_id in movie_ids if (row := self._find_row(movie_id)) is not None], dtype=np.int64
        )
        return self._to_scored_movies(rows, self._score_all(taste, novelty=0.0))

    def explain(self, taste: Taste, movie: ScoredMovie) -> list[Contribution]:
        """Return what each shared term and described concept adds to a film's content score, largest first."""
        row = self._find_row(movie.movie_id)
        if row is None:
            return []
        term_ids, weights = combine_seeds(taste)
        entries = slice(*self._vectors.indptr[row : row + 2])  # ten times faster than slicing the matrix
        shared, in_taste, in_film = np.intersect1d(
            term_ids, self._vectors.indices[entries], assume_unique=True, return_indices=True
        )
        contributions = weights[in_taste] * self._vectors.data[entries][in_film]
        if taste.description and taste.liked:
            contributions *= np.float32(UNDESCRIBED_SHARE)
        terms = self._vocabulary
        found = [
            Contribution(terms.field[term_id], terms.key[term_id], terms.term[term_id], float(contribution))
            for term_id, contribution in zip(shared, contributions, strict=True)
        ]
        if taste.description:
            rest = movie.content_score - float(contributions.sum())
            shares = taste.description.shares(row)
            found += [Contribution(one.field, one.key, one.name, share * rest) for one, share in shares]
        return sorted(found, key=lambda one: -one.contribution)

    def _find_row(self, movie_id: int) -> int | None:
        row = int(np.searchsorted(self._movie_ids, movie_id))
        return row if row < self._movie_ids.size and self._movie_ids[row] == movie_id else None

    def _select(self, movie_ids: Collection[int]) -> Flags:
        """Return which films have one of these ids, shape (films,)."""
        ids = np.asarray(movie_ids if isinstance(movie_ids, np.ndarray) else [*movie_ids], dtype=np.int64)
        rows = np.minimum(np.searchsorted(self._movie_ids, ids), self._movie_ids.size - 1)
        is_selected = np.zeros(self._movie_ids.size, dtype=bool)
        is_selected[rows[self._movie_ids[rows] == ids]] = True
        return is_selected

    def _seed_from_terms(self, found: Iterable[int | None]) -> Seed:
        """Return a seed of terms; the weight of all fields is distributed over the fields that have a term."""
        term_ids = np.unique(np.array([term_id for term_id in found if term_id is not None], dtype=np.int32))
        total_weight = sum(self._weights.values())
        fields, weights = self._vocabulary.field[term_ids], self._vocabulary.idf[term_ids].astype(np.float64)
        for field in np.unique(fields):
            in_field = fields == field
            weights[in_field] *= np.sqrt(self._weights[field] / np.square(weights[in_field]).sum())
        weights *= total_weight / max(np.square(weights).sum(), TINY)
        return Seed(term_ids, weights.astype(np.float32), TINY, prior_share=1.0)

    def _score_all(self, taste: Taste, novelty: float) -> Scores:
        return apply_description(self._score_seeds(taste, novelty), taste, novelty, self._relative_priors)

    def _score_seeds(self, taste: Taste, novelty: float) -> Scores:
        count = max(len(taste.liked), 1)
        root = np.float32(count**-0.5)
        content, year = (np.zeros(self._movie_ids.size, dtype=np.float32) for _ in range(2))
        by_seed = np.full((len(taste.liked), self._movie_ids.size), -np.inf, dtype=np.float32)
        least, most = NOVEL_PRIOR_SHARES
        distance = np.maximum(least - self._prior_shares, self._prior_shares - most).clip(0, 1 - most) / (1 - most)
        novel = np.float32(-novelty * NOVELTY_WEIGHT) * distance
        for own, seed in zip(by_seed, taste.liked, strict=True):
            shared = self._content_scores(seed.term_ids, seed.weights)
            content += shared
            is_related = shared >= np.float32(max(seed.min_content_score, TINY))
            prior = np.float32((1 - novelty) * seed.prior_share) * self._priors + novel
            own[is_related] = (shared + prior)[is_related]
            if seed.year is not None and not (taste.description and taste.description.has_years):
                close = year_scores(np.array([seed.year]), self._years, self._year_config)[0][self._year_of_film]
                year += close
                np.add(own, close, out=own)
        content *= root
        if taste.disliked:
            content += self._content_scores(*combine_seeds(Taste(disliked=taste.disliked)))
        share = np.float32((1 - novelty) * sum(seed.prior_share for seed in taste.liked) / count)
        return Scores(
            content=content,
            year=year * np.float32(root / count),
            prior=root * (share * self._priors + novel),
            is_eligible=np.isfinite(by_seed.max(axis=0, initial=-np.inf)),
            by_seed=by_seed,
        )

    def _content_scores(self, term_ids: Integers, weights: Floats) -> Floats:
        scores: Floats = self._vectors_by_term[:, term_ids] @ weights
        return scores

    def _to_scored_movies(self, rows: Integers, scores: Scores) -> list[ScoredMovie]:
        parts = (scores.total, scores.content, scores.year, scores.prior)
        columns = [self._movie_ids[rows], *(part[rows] for part in parts)]
        return [ScoredMovie(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]

    def _find_collections(self) -> Integers:
        """Return the term id of each film's collection, shape (films,); a unique negative number if it has none."""
        collections = -1 - np.arange(self._movie_ids.size)
        term_ids = self._vocabulary.ids_of_field("collection")
        members = self._vectors_by_term[:, term_ids].tocoo()
        collections[members.row] = term_ids[members.col]
        return collections
