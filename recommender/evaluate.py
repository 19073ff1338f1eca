"""Compares the recommender with simpler ones on the likes of MovieLens users, by the protocol in protocol.py."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from recommender import baselines
from recommender.config import BLEND, CONTENT, Config
from recommender.corpus import read_corpus
from recommender.protocol import (
    LIMITS,
    LIST_LENGTH,
    SEEDS_PER_USER,
    EvaluationSet,
    Metrics,
    measure,
    read_evaluation_set,
)
from recommender.queries import load_query
from recommender.structures import Corpus
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError
from warehouse.progress import Progress

MEMORY_LIMIT = "2GB"

HEADER = (
    f"{'recommender':<42}{'nDCG@10':>8}  {'95 %':<13}{'hits@10':>8}"
    f"{'coverage':>9}{'top':>6}{'rank':>8}{'unrelated':>11}{'collection':>11}"
)
LEGEND = """\
hits: share of the lists with a relevant film; coverage: number of different films; top: share of the lists with the
most recommended film; rank: median popularity rank; unrelated: share of films that have no keyword, person or
collection and less than half of the genres in common with the seed; collection: recall of the seed's collection"""


@dataclass(frozen=True, slots=True)
class Result:
    """The metrics of one recommender."""

    name: str
    metrics: Metrics

    def to_json(self) -> dict[str, Any]:
        """Return the metrics by name; nan becomes None."""
        low, high = self.metrics.confidence_interval()
        values = {"ndcg": self.metrics.ndcg, "ndcg_low": low, "ndcg_high": high, **asdict(self.metrics)}
        del values["ndcg_by_user"]
        return {"name": self.name, **{name: None if np.isnan(value) else value for name, value in values.items()}}

    def __str__(self) -> str:
        low, high = self.metrics.confidence_interval()
        metrics = self.metrics
        return (
            f"{self.name:<42}{metrics.ndcg:>8.4f}  {low:.3f} – {high:.3f}{metrics.hit_rate:>8.3f}"
            f"{metrics.catalog_coverage:>9,}{metrics.top_film_share:>6.2f}{metrics.median_popularity_rank:>8,.0f}"
            f"{metrics.unrelated_share:>11.3f}{metrics.collection_recall:>11.3f}"
        )


def evaluate(database: Path, json_file: Path, threads: int) -> None:
    """Print the comparison and write it as JSON.

    Raises:
        FilmotecaError: The file is not a trained warehouse, or fewer than two users like enough films.
    """
    progress = Progress()
    with open_read_only(database, memory_limit=MEMORY_LIMIT) as connection:
        with progress.step("read films and likes"):
            data, corpus = read_evaluation_data(connection)
        with progress.step("evaluate recommenders"):
            results = _compare(data, corpus, connection, threads)
        [(uses_ratings, config)] = connection.execute(load_query("model")).fetchall()
    users, queries = len(data.likes), data.queries.size
    print(f"\n{users:,} users, {SEEDS_PER_USER} seeds each, {queries:,} different films\n")
    print(HEADER, *results, f"\n{LEGEND}", sep="\n")
    if uses_ratings:
        print("The stored model was trained on the likes of these users; its metrics are too high. See the blend.")
    summary = {
        "users": users,
        "queries": int(queries),
        "films": int(data.movie_ids.size),
        "protocol": {**LIMITS, "seeds_per_user": SEEDS_PER_USER, "list_length": LIST_LENGTH},
        "model": {"uses_ratings": uses_ratings, "config": json.loads(config)},
        "blend": asdict(BLEND),
        "results": [result.to_json() for result in results],
    }
    json_file.write_text(json.dumps(summary, indent=2) + "\n", "utf-8")
    print(f"wrote {json_file}")


def read_evaluation_data(connection: duckdb.DuckDBPyConnection) -> tuple[EvaluationSet, Corpus]:
    """Return the evaluation set and the corpus, including all likes.

    Raises:
        FilmotecaError: Fewer than two users like enough films.
    """
    data = read_evaluation_set(connection, read_corpus(connection, CONTENT))
    if len(data.likes) > 1:
        return data, read_corpus(connection, BLEND)
    [(missing,)] = connection.execute(load_query("missing_sources")).fetchall()
    reason = f"it was built without {' and '.join(missing)}" if missing else "it has too few ratings"
    raise FilmotecaError(
        f"This warehouse cannot be used for an evaluation: {reason}. Build it with links.csv and ratings.csv or"
        f" ratings_small.csv, in which two users rate {LIMITS['least_likes']:g} films with at least"
        f" {LIMITS['least_votes']:g} votes with {LIMITS['liked_rating']:g} or more."
    )


def cross_validate(data: EvaluationSet, corpus: Corpus, config: Config, threads: int) -> Metrics:
    """Return the metrics of a model that learns from likes, by two-fold cross-validation over users.

    The recommendations for each half of the users come from a model trained without their likes.
    """
    lists = np.empty((*data.seeds.shape, LIST_LENGTH), dtype=np.int64)
    for users in data.halves:
        others = baselines.without_likes_of(corpus, data.user_ids[users])
        lists[users] = data.lists_by_seed(baselines.trained_model(data, others, config, threads))[users]
    return measure(data, lists)


def _compare(data: EvaluationSet, corpus: Corpus, connection: duckdb.DuckDBPyConnection, threads: int) -> list[Result]:
    stored = baselines.stored_model(data, connection)
    lists = {
        "random films": baselines.random_films(data),
        "most popular films": baselines.most_popular(data),
        "best rated films (IMDb's formula)": baselines.best_rated(data, corpus),
        "overviews only (TF-IDF)": baselines.overviews_only(data, corpus, connection, threads),
        "most popular films of the era": baselines.most_popular_of_era(data, corpus),
        "stored model": stored,
    }
    results = [Result(name, measure(data, data.lists_by_seed(found))) for name, found in lists.items()]
    for name, users in zip(("tuning", "test"), data.halves, strict=True):
        results.append(Result(f"  {name} half of the users", measure(data, data.lists_by_seed(stored), users)))
    for name, config in (("likes only (item-based, two-fold)", baselines.LIKES_ONLY), ("blend (two-fold)", BLEND)):
        results.append(Result(name, cross_validate(data, corpus, config, threads)))
    return results
