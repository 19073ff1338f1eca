"""`.venv/bin/python -m tools.tune_recommender`: search for recommender weights by random steps.

Every step is evaluated on half of the MovieLens users; the other half is for `python -m recommender evaluate`.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from operator import attrgetter
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from recommender.baselines import nearest_films, without_likes_of
from recommender.config import Config, FieldWeights, Prior, Years
from recommender.evaluate import MEMORY_LIMIT, read_evaluation_data
from recommender.protocol import LIST_LENGTH, EvaluationSet, measure
from recommender.structures import Corpus
from recommender.vectorize import FIELDS, vectorize
from warehouse.connection import open_read_only
from warehouse.errors import run_command
from warehouse.settings import Settings

START = Config(
    weights=FieldWeights(**{field: 0.1 for field in FIELDS if field != "likes"}),
    years=Years(weight=0.1, scale_years=10.0),
    prior=Prior(weight=0.2, era_share=0.5, vote_mean_weight=0.5),
    least_content=0.02,
)
START_WITH_LIKES = replace(
    START, weights=replace(START.weights, likes=0.5), prior=Prior(weight=0.1, era_share=1.0, vote_mean_weight=0.5)
)
SEARCHED = (
    *(f"weights.{field}" for field in FIELDS),
    *("years.weight", "years.scale_years", "prior.weight", "prior.era_share", "prior.vote_mean_weight"),
    "least_content",
)
KEYWORD_RATIOS = {"text": (0.5, np.inf), "genre": (0.3, np.inf), "cast": (0.0, 0.25), "director": (0.0, 0.25)}
"""Minimum and maximum ratio to the keyword weight. Likes alone would favor names, because people know other films of a
star: for Toy Story a war film, both with Tom Hanks."""
MAX_DIRECTOR_RATIO = 0.9
"""Maximum ratio of `least_content` to the director weight, so that a shared director is sufficient: it is all that is
known about many obscure films."""
FIRST_STEP, MIN_STEP, MAX_STEP = 0.5, 0.05, 1.0
"""Standard deviation of a step, as the logarithm of a factor."""
MIN_COLLECTION_RECALL, MIN_COVERAGE = 0.97, 1 / 6
"""Values that are penalized if they are not reached. The coverage is relative to the length of all lists."""

Point = dict[str, float]
"""The value of every hyperparameter in `SEARCHED`."""


def create_objective(data: EvaluationSet, corpus: Corpus, config: Config, threads: int) -> Callable[[Config], float]:
    """Return the function to maximize: nDCG of the tuning users, minus penalties for what nDCG alone would sacrifice.

    The TF-IDF of each field is computed once and then scaled by the weights of each configuration.
    """
    used = {field: 1.0 for field in FIELDS if getattr(config.weights, field) > 0}
    vectors = vectorize(corpus, replace(config, weights=replace(config.weights, **used)))
    matrix = vectors.matrix
    tuning_users, _ = data.halves
    unrelated_penalty = 0.1 if "likes" in used else 0.2
    min_coverage = min(MIN_COVERAGE * LIST_LENGTH * data.queries.size, data.movie_ids.size // 2)

    def objective(tried: Config) -> float:
        scales = {field: np.float32(np.sqrt(getattr(tried.weights, field))) for field in used}
        scale_of_term = np.array([scales[field] for field in vectors.field], dtype=np.float32)
        values = matrix.data * scale_of_term[matrix.indices]
        scaled = replace(vectors, matrix=csr_matrix((values, matrix.indices, matrix.indptr), matrix.shape))
        metrics = measure(data, data.lists_by_seed(nearest_films(data, corpus, scaled, tried, threads)))
        return float(
            metrics.ndcg_by_user[tuning_users].mean()
            - 2.0 * max(0.0, MIN_COLLECTION_RECALL - np.nan_to_num(metrics.collection_recall, nan=1.0))
            - 0.5 * max(0.0, 1 - metrics.catalog_coverage / min_coverage)
            - 0.1 * metrics.top_film_share
            - unrelated_penalty * metrics.unrelated_share
        )

    return objective


def search(start: Config, objective: Callable[[Config], float], seed: int) -> Iterator[tuple[float, Config]]:
    """Yield the best value and configuration so far, after the start and after each trial, endlessly.

    A trial multiplies one or two hyperparameters of the best configuration by a random factor. Hyperparameters vary
    more after a success and less after a failure.
    """
    random = np.random.default_rng(seed)
    best = normalize(to_point(start))
    best_value = objective(to_config(best, start))
    steps = {name: FIRST_STEP for name, number in best.items() if number > 0}
    while True:
        yield best_value, to_config(best, start)
        names = random.choice(list(steps), size=1 + (random.random() < 0.3), replace=False).tolist()
        tried = normalize(best | {name: best[name] * np.exp(random.normal(scale=steps[name])) for name in names})
        value = objective(to_config(tried, start))
        is_better = value > best_value
        for name in names:
            steps[name] = min(MAX_STEP, steps[name] * 1.2) if is_better else max(MIN_STEP, steps[name] * 0.93)
        if is_better:
            best, best_value = tried, value


def to_point(config: Config) -> Point:
    """Return the searched hyperparameters."""
    return {name: float(attrgetter(name)(config)) for name in SEARCHED}


def to_config(point: Point, base: Config) -> Config:
    """Return `base` with the hyperparameters of `point`."""
    for name, number in point.items():
        part, _, field = name.rpartition(".")
        base = replace(base, **{part: replace(getattr(base, part), **{field: number})} if part else {field: number})
    return base


def normalize(point: Point) -> Point:
    """Return the nearest point that meets the constraints, with weights that add up to 1."""
    keyword = point["weights.keyword"]
    point = point | {
        f"weights.{field}": float(np.clip(point[f"weights.{field}"], low * keyword, high * keyword))
        for field, (low, high) in KEYWORD_RATIOS.items()
    }
    point["prior.era_share"] = min(point["prior.era_share"], 1.0)
    point["least_content"] = min(point["least_content"], MAX_DIRECTOR_RATIO * point["weights.director"])
    weights = [name for name in point if is_weight(name)]
    total = sum(point[name] for name in weights)
    return point | {name: point[name] / total for name in [*weights, "least_content"]}


def round_weights(config: Config) -> Config:
    """Round to three decimals; the largest weight takes the remainder, so that the weights add up to 1."""
    point = {name: round(number, 3) for name, number in to_point(config).items()}
    weights = {name: number for name, number in point.items() if is_weight(name)}
    largest = max(weights, key=lambda name: weights[name])
    point[largest] = round(point[largest] + 1 - sum(weights.values()), 3)
    return to_config(point, config)


def is_weight(name: str) -> bool:
    """Return whether the hyperparameter is one of those that add up to 1."""
    return name.startswith("weights.") or name.endswith(".weight")


def main(arguments: Sequence[str]) -> int:
    """Print each improvement and the best configuration; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.tune_recommender", description=__doc__)
    parser.add_argument("--database", type=Path, metavar="FILE", default=Settings.from_environment().published_file)
    parser.add_argument("--with-ratings", action="store_true", help="tune a model that also learns from likes")
    parser.add_argument("--trials", type=int, default=500, metavar="N", help="(default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="random seed (default: %(default)s)")
    options = parser.parse_args(arguments)
    if min(options.trials, options.seed) < 0:
        parser.error("`--trials` and `--seed` must not be negative.")
    with open_read_only(options.database, memory_limit=MEMORY_LIMIT) as connection:
        data, corpus = read_evaluation_data(connection)
    start = START_WITH_LIKES if options.with_ratings else START
    if options.with_ratings:
        corpus = without_likes_of(corpus, data.user_ids[data.halves[0]])
    objective = create_objective(data, corpus, start, threads=os.cpu_count() or 1)
    best = (-np.inf, start)
    for trial, step in enumerate(islice(search(start, objective, options.seed), options.trials + 1)):
        if step != best:
            print(f"trial {trial}: {step[0]:.4f}", flush=True)
        best = step
    print(round_weights(best[1]))
    return 0


if __name__ == "__main__":
    sys.exit(run_command(main))
