"""Compares the recommender with simpler ones on the likes of MovieLens users, by the protocol in protocol.py."""

import json
from dataclasses import asdict
from math import isnan
from pathlib import Path

import duckdb
import numpy as np

from recommender import baselines
from recommender.config import BLEND, CONTENT, Config
from recommender.corpus import load_query, read_corpus
from recommender.protocol import (
    DIRECTOR_FILMS,
    FAMOUS_VOTES,
    KNOWN_VOTES,
    LIMITS,
    LIST_LENGTH,
    SEEDS_PER_USER,
    EvaluationSet,
    Metrics,
    measure,
    read_evaluation_set,
)
from recommender.structures import Corpus
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError
from warehouse.progress import Progress

MEMORY_LIMIT = "2GB"
HEADER = (
    f"{'recommender':<36}{'nDCG@10':>8}  {'95 %':<13}{'hits':>6}{'coverage':>9}{'rank':>7}{'unrelated':>10}"
    f"{'collection':>11}{'director':>9}{'top film':>9}{'top ten':>8}"
)
ROW = (
    "{:<36}{ndcg:>8.3f}  {ndcg_low:.3f} – {ndcg_high:.3f}{hit_rate:>6.2f}{catalog_coverage:>9,}"
    "{median_popularity_rank:>7,.0f}{unrelated_share:>10.3f}{collection_recall:>11.3f}{director_share:>9.3f}"
    "{top_film_share:>9.3f}{top_ten_share:>8.3f}"
)
LEGEND = f"""
For users: nDCG@10; hits: share of the lists with a relevant film; coverage: number of different films; rank: median
popularity rank; unrelated: share of films that have no keyword, person or collection and less than half of the genres
in common with the seed; collection: recall of the seed's collection.
For the films with at least {FAMOUS_VOTES:,} votes: director: share of lists with another film of the director, where
{DIRECTOR_FILMS} or more have {KNOWN_VOTES} votes; top film: share of the lists with the most recommended film; top ten:
share of the places that the ten most recommended films take."""


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
    print(HEADER, *(ROW.format(name, **asdict(metrics)) for name, metrics in results.items()), LEGEND, sep="\n")
    if uses_ratings:
        print("The stored model was trained on the likes of these users; its metrics are too high. See the blend.")
    summary = {
        "users": users,
        "queries": int(queries),
        "films": int(data.movie_ids.size),
        "protocol": {**LIMITS, "seeds_per_user": SEEDS_PER_USER, "list_length": LIST_LENGTH},
        "model": {"uses_ratings": uses_ratings, "config": json.loads(config)},
        "blend": asdict(BLEND),
        "results": [
            {"name": name, **{key: None if isnan(value) else value for key, value in asdict(metrics).items()}}
            for name, metrics in results.items()
        ],
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


def _compare(
    data: EvaluationSet, corpus: Corpus, connection: duckdb.DuckDBPyConnection, threads: int
) -> dict[str, Metrics]:
    lists = {
        **baselines.list_without_content(data, corpus),
        "overviews only (TF-IDF)": baselines.list_overviews_only(data, corpus, connection, threads),
        "stored model": baselines.list_stored(data, connection),
    }
    return {
        **{
            name: measure(data, data.lists_of(data.seeds, found), data.lists_of(data.famous, found))
            for name, found in lists.items()
        },
        "likes only (item-based, two-fold)": cross_validate(data, corpus, baselines.LIKES_ONLY, threads),
        "blend (two-fold)": cross_validate(data, corpus, BLEND, threads),
    }


def cross_validate(data: EvaluationSet, corpus: Corpus, config: Config, threads: int) -> Metrics:
    """Return the metrics of a model that learns from likes, by two-fold cross-validation over users.

    The recommendations for each half of the users come from a model trained without their likes; those for the famous
    films come from the model for the first half.
    """
    lists = np.empty((*data.seeds.shape, LIST_LENGTH), dtype=np.int64)
    found = []
    for users in data.halves:
        others = baselines.without_likes_of(corpus, data.user_ids[users])
        found.append(baselines.list_nearest(data, others, config, threads))
        lists[users] = data.lists_of(data.seeds[users], found[-1])
    return measure(data, lists, data.lists_of(data.famous, found[0]))
