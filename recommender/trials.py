"""What a configuration is worth, found in a second: the cosines of every field are computed once and then weighed."""

from dataclasses import replace

import numpy as np

from recommender.base_scores import prior_scores, prior_shares, year_scores
from recommender.config import Config
from recommender.protocol import SHOWN, Panel, judge
from recommender.structures import Corpus, Floats, Integers
from recommender.vectorize import FIELDS, vectorize

LEAST_SAGA_RECALL = 0.97
"""0.95 is wanted; the rest is for the rounding of the weights."""
PLACES_PER_FILM = 6
"""At least one of so many places in all lists goes to a film that has not been shown before."""
SAGA_PENALTY = 2.0
SHOWN_PENALTY = 0.5
STRANGER_PENALTY, STRANGER_PENALTY_WITH_LIKES = 0.2, 0.1
"""To find films that people like together though they share little is what likes are for."""
TOP_PENALTY = 0.1

CANDIDATES = 12_000
"""Ranked while searching: the films of most votes, and those of the asked films' sagas. Others are seldom shown."""
ASKED_AT_ONCE = 128


class Trials:
    """The cosines of the asked films with the candidates, field by field, to be weighed in a moment."""

    def __init__(self, panel: Panel, corpus: Corpus, config: Config) -> None:
        """`corpus` is what may be learned from; of `config` count what is not searched for."""
        self.panel, self.corpus = panel, corpus
        sagas = np.unique(panel.collection[panel.asked])
        self.candidates = np.flatnonzero(
            (panel.popularity_rank <= CANDIDATES) | np.isin(panel.collection, sagas[sagas >= 0])
        )
        self.fields = [field for field in FIELDS if field != "likes" or config.weights.likes > 0]
        ones = replace(config.weights, **dict.fromkeys(self.fields, 1.0))
        vectors = vectorize(corpus, replace(config, weights=ones))
        parts = [vectors.matrix[:, np.flatnonzero(vectors.field == field)] for field in self.fields]
        self.blocks = np.array_split(np.arange(panel.asked.size), range(ASKED_AT_ONCE, panel.asked.size, ASKED_AT_ONCE))
        of_candidates = [part[self.candidates].T.tocsr() for part in parts]
        self.cosines: list[Floats] = [
            np.stack(
                [(part[panel.asked[block]] @ other).toarray() for part, other in zip(parts, of_candidates, strict=True)]
            )
            for block in self.blocks
        ]
        """By block, float32 (fields, asked films, candidates)."""
        self.own = np.stack([part[panel.asked].power(2).sum(axis=1).A1 for part in parts])
        """float64 (fields, asked films): a film's cosine with itself, 0 without terms, less than 1 with few genres."""
        self.years, self.group = np.unique(corpus.years, return_inverse=True)

    def lists(self, config: Config) -> Integers:
        """What `config` recommends, as judge wants it; it must weigh the fields that the trials were made for."""
        weights = np.array([getattr(config.weights, field) for field in self.fields])
        least = np.minimum(config.least_content, config.least_content_share * (weights @ self.own))
        asked, corpus = self.panel.asked, self.corpus
        closeness = year_scores(self.years, self.years, config.years)[:, self.group[self.candidates]]
        priors = prior_scores(corpus.years, corpus.vote_counts, corpus.vote_means, config.prior)[self.candidates]
        shares = prior_shares(corpus.vote_counts[asked], config.prior)
        lists = np.full((asked.size, SHOWN), -1)
        for block, cosines in zip(self.blocks, self.cosines, strict=True):
            content = np.tensordot(weights.astype(np.float32), cosines, 1)
            score = content + closeness[self.group[asked[block]]] + shares[block, None] * priors
            score[(content < least[block, None]) | (self.candidates == asked[block, None])] = -1
            near = np.argpartition(-score, SHOWN, axis=1)[:, :SHOWN]
            scores = np.take_along_axis(score, near, axis=1)
            order = np.argsort(-scores, axis=1, kind="stable")
            found = self.candidates[np.take_along_axis(near, order, axis=1)]
            lists[block] = np.where(np.take_along_axis(scores, order, axis=1) > 0, found, -1)
        return lists


def objective(panel: Panel, lists: Integers, *, with_likes: bool) -> float:
    """nDCG for the half of the users that is for tuning, less what sagas and lists that are all alike cost.

    Sagas and films shown say nothing of anybody's taste, so all users' seeds count for them.
    """
    tuning, _ = panel.halves
    everybody = judge(panel, lists)
    least_shown = min(SHOWN * panel.asked.size // PLACES_PER_FILM, panel.movie_ids.size // 2)
    value = (
        float(everybody.ndcg_by_user[tuning].mean())
        - SAGA_PENALTY * max(0.0, LEAST_SAGA_RECALL - np.nan_to_num(everybody.saga_recall, nan=1.0))
        - (STRANGER_PENALTY_WITH_LIKES if with_likes else STRANGER_PENALTY) * everybody.strangers
        - TOP_PENALTY * everybody.top_share
        - SHOWN_PENALTY * max(0.0, 1 - everybody.shown / least_shown)
    )
    return float(value)
