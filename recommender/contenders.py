"""Who may recommend: tables of lists by simple rules, by the model in a file, and by any configuration.

A table of lists is of shape (asked films, SHOWN): rows of films, best first, -1 where there are fewer.
"""

from collections.abc import Callable
from dataclasses import replace

import duckdb
import numpy as np

from recommender.base_scores import base_scores, least_content
from recommender.config import Config, FieldWeights, Prior, Years
from recommender.protocol import SHOWN, Panel
from recommender.similarity import nearest_rows
from recommender.structures import Corpus, Entries, Floats, Integers
from recommender.vectorize import vectorize

STORED = """
    select movie_id, neighbor_rank, neighbor_movie_id
    from recommender.neighbors
    where neighbor_rank <= $shown
"""
OVERVIEWS = """
    select coalesce(overview, '') as overview
    from marts.mart_recommender_movies
    order by movie_id
"""

ERA_YEARS = 5

NOTHING = FieldWeights(**dict.fromkeys(FieldWeights.__slots__, 0.0))
OVERVIEW_ALONE = Config(
    weights=replace(NOTHING, text=1.0), years=Years(weight=0), prior=Prior(weight=0), least_content=1e-6
)
"""Cosines of TF-IDF vectors of the overviews: how such data are most often recommended from."""
LIKES_ALONE = replace(OVERVIEW_ALONE, weights=replace(NOTHING, likes=1.0))
"""Films that the same users like: item-item collaborative filtering, by shrunk cosines."""


def random_films(panel: Panel) -> Integers:
    """Different ones for every film asked for."""
    random, films = np.random.default_rng(1), panel.movie_ids.size
    orders = [random.choice(films, min(films, SHOWN + 1), replace=False) for _ in panel.asked]
    return _filled([order[order != asked] for asked, order in zip(panel.asked, orders, strict=True)])


def most_popular(panel: Panel) -> Integers:
    """Those of most votes, whatever is asked for."""
    return _first_of(np.argsort(panel.popularity_rank), panel, lambda asked, films: films)


def most_popular_of_era(panel: Panel, corpus: Corpus) -> Integers:
    """Those of most votes within ERA_YEARS of the film asked for."""

    def of_era(asked: int, films: Integers) -> Integers:
        near: Integers = films[np.abs(corpus.years[films] - corpus.years[asked]) <= ERA_YEARS]
        return near

    return _first_of(np.argsort(panel.popularity_rank), panel, of_era)


def best_rated(panel: Panel, corpus: Corpus) -> Integers:
    """By IMDb's weighted rating, v / (v + m) * R + m / (v + m) * C.

    v and R are a film's vote count and mean, C the mean of all films' means; m is the vote count that a tenth of the
    films reaches.
    """
    votes, means = corpus.vote_counts, corpus.vote_means
    least = max(np.quantile(votes, 0.9), 1)
    rating = (votes * means + least * means[votes > 0].mean()) / (votes + least) if votes.any() else means
    return _first_of(np.lexsort((panel.popularity_rank, -rating)), panel, lambda asked, films: films)


def stored(panel: Panel, connection: duckdb.DuckDBPyConnection) -> Integers:
    """The first of recommender.neighbors: what the service answers."""
    columns = connection.execute(STORED, {"shown": SHOWN}).fetchnumpy()
    film, neighbor = (np.searchsorted(panel.movie_ids, columns[name]) for name in ("movie_id", "neighbor_movie_id"))
    return _table(panel, film, columns["neighbor_rank"], neighbor)


def trained(panel: Panel, corpus: Corpus, config: Config, threads: int) -> Integers:
    """What a training with `config` recommends."""
    vectors = vectorize(corpus, config).matrix
    least: Floats = least_content(vectors, config)
    near = nearest_rows(vectors, base_scores(corpus, config), least, SHOWN, rows=panel.asked, threads=threads)
    return _table(panel, near.row, near.rank, near.neighbor)


def by_overviews(panel: Panel, corpus: Corpus, connection: duckdb.DuckDBPyConnection, threads: int) -> Integers:
    overviews = connection.execute(OVERVIEWS).fetchnumpy()["overview"]
    return trained(panel, replace(corpus, texts=overviews), OVERVIEW_ALONE, threads)


def without_likes_of(corpus: Corpus, user_ids: Integers) -> Corpus:
    """What is known to a model that shall be judged by these users."""
    likes = corpus.entries["likes"]
    kept = ~np.isin(likes.key, user_ids)
    others = Entries(likes.row[kept], likes.key[kept], likes.name[kept], likes.list_position[kept])
    return replace(corpus, entries={**corpus.entries, "likes": others})


def _first_of(order: Integers, panel: Panel, choose: Callable[[int, Integers], Integers]) -> Integers:
    lists = (choose(asked, order) for asked in panel.asked)
    return _filled([films[films != asked] for asked, films in zip(panel.asked, lists, strict=True)])


def _filled(lists: list[Integers]) -> Integers:
    return np.stack([np.pad(films[:SHOWN], (0, max(0, SHOWN - films.size)), constant_values=-1) for films in lists])


def _table(panel: Panel, film: Integers, rank: Integers, neighbor: Integers) -> Integers:
    lists = np.full((panel.asked.size, SHOWN), -1)
    place = np.minimum(np.searchsorted(panel.asked, film), panel.asked.size - 1)
    is_asked = panel.asked[place] == film
    lists[place[is_asked], rank[is_asked] - 1] = neighbor[is_asked]
    return lists
