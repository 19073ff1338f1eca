"""A naive recommender: every film in plain Python, term by term, from the tables."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path

import duckdb

from recommender.taste import DISLIKE_WEIGHT

Terms = dict[int, float]


@dataclass(frozen=True, slots=True)
class Score:
    """The parts of a film's score."""

    content: float
    year: float
    prior: float

    @property
    def total(self) -> float:
        return self.content + self.year + self.prior


@dataclass(frozen=True, slots=True)
class Model:
    """The tables of schema `recommender`."""

    terms: dict[int, Terms]
    """By film, the weights of its terms."""
    movies: dict[int, tuple[int, float, float]]
    """By film, its release year, prior score and prior share."""
    neighbors: dict[int, list[tuple[int, Score]]]
    year_weight: float
    year_scale_years: float
    least_content: float
    least_content_share: float

    def shared(self, movie_id: int, other: int) -> dict[int, float]:
        """Return the contribution of each term that two films share."""
        own, others = self.terms[movie_id], self.terms[other]
        return {term: own[term] * others[term] for term in own.keys() & others.keys()}

    def content(self, movie_ids: Collection[int], other: int) -> float:
        """Return the sum of what a film shares with several, divided by the square root of their number."""
        return sum(sum(self.shared(one, other).values()) for one in movie_ids) / sqrt(len(movie_ids) or 1)

    def score(self, liked: Sequence[int], disliked: Sequence[int], novelty: float, other: int) -> Score:
        year, prior, _ = self.movies[other]
        apart = [abs(self.movies[one][0] - year) for one in liked]
        share = (1 - novelty) * sum(self.movies[one][2] for one in liked) / len(liked)
        return Score(
            content=self.content(liked, other) - DISLIKE_WEIGHT * self.content(disliked, other),
            year=sum(self.year_weight * exp(-years / self.year_scale_years) for years in apart) / len(liked),
            prior=share * prior,
        )

    def ranked(
        self, liked: Sequence[int], disliked: Sequence[int], novelty: float, among: Collection[int]
    ) -> list[tuple[int, Score]]:
        """Return the recommended films, best first."""
        own = [sum(weight**2 for weight in self.terms[one].values()) for one in liked]
        least = min(min(self.least_content, self.least_content_share * one) for one in own) / sqrt(len(liked))
        near = [one for one in set(among) - {*liked, *disliked} if self.content(liked, one) >= least]
        scores = {one: self.score(liked, disliked, novelty, one) for one in near}
        return sorted(scores.items(), key=lambda pair: (-pair[1].total, pair[0]))


def read(warehouse: Path) -> Model:
    """Read the model of a warehouse."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        terms: dict[int, Terms] = defaultdict(dict)
        for movie_id, term_id, weight in connection.execute("from recommender.movie_terms").fetchall():
            terms[movie_id][term_id] = weight
        movies = {
            movie_id: (year, prior, share)
            for movie_id, year, prior, share in connection.execute(
                "select movie_id, release_year, prior_score, prior_share from recommender.movies"
            ).fetchall()
        }
        neighbors = defaultdict(list)
        for movie_id, other, *parts in connection.execute(
            """
            select movie_id, neighbor_movie_id, content_score, year_score, prior_score
            from recommender.neighbors order by movie_id, neighbor_rank
            """
        ).fetchall():
            neighbors[movie_id].append((other, Score(*parts)))
        model = connection.execute("select year_weight, year_scale_years, config_json from recommender.model")
        [(year_weight, year_scale_years, config_json)] = model.fetchall()
        config = json.loads(config_json)
        return Model(
            terms=terms,
            movies=movies,
            neighbors=neighbors,
            year_weight=year_weight,
            year_scale_years=year_scale_years,
            least_content=config["least_content"],
            least_content_share=config["least_content_share"],
        )
