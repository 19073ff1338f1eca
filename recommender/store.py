"""Writes the tables of schema `recommender`, and checks them before they are committed."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from recommender.config import Config
from recommender.structures import Model
from warehouse.errors import FilmotecaError

Columns = dict[str, npt.NDArray[Any]]

TABLES_FILE = Path(__file__).with_name("tables.sql")
CHECKS = Path(__file__).with_name("checks")
"""Queries that count violations; the comment in the first line is the rule."""


def write_model(connection: duckdb.DuckDBPyConnection, model: Model, config: Config) -> None:
    """Replace all tables in one transaction.

    Raises:
        FilmotecaError: The new tables violate a rule of `CHECKS`; the old tables remain.
    """
    connection.begin()
    try:
        connection.execute(TABLES_FILE.read_text("utf-8"))
        for table, columns in _columns_by_table(model, config).items():
            connection.register("columns_to_write", columns)
            connection.execute(f"insert into recommender.{table} by name from columns_to_write")
            connection.unregister("columns_to_write")
        _check(connection)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _columns_by_table(model: Model, config: Config) -> dict[str, Columns]:
    movie_ids, vectors, base, neighbors = model.movie_ids, model.vectors, model.base, model.neighbors
    terms_per_film = np.diff(vectors.matrix.indptr)
    trained = np.count_nonzero(terms_per_film)
    year_score = base.year_scores[base.year_of_film[neighbors.row], base.year_of_film[neighbors.neighbor]]
    prior_score = base.prior_shares[neighbors.row] * base.prior_scores[neighbors.neighbor]
    model_row = {
        "trained_movie_count": trained,
        "untrained_movie_count": movie_ids.size - trained,
        "term_count": vectors.term.size,
        "uses_ratings": config.weights.likes > 0,
        "year_weight": config.years.weight,
        "year_scale_years": config.years.scale_years,
    }
    return {
        "terms": {
            "term_id": np.arange(vectors.term.size),
            "field": vectors.field,
            "term_key": vectors.key,
            "term": vectors.term,
            "document_count": vectors.document_count,
            "idf": vectors.idf,
        },
        "movie_terms": {
            "movie_id": np.repeat(movie_ids, terms_per_film),
            "term_id": vectors.matrix.indices,
            "weight": vectors.matrix.data,
        },
        "movies": {
            "movie_id": movie_ids,
            "release_year": base.years[base.year_of_film],
            "prior_score": base.prior_scores,
            "prior_share": base.prior_shares,
            "exposure_penalty": base.exposure_penalties,
        },
        "neighbors": {
            "movie_id": movie_ids[neighbors.row],
            "neighbor_rank": neighbors.rank,
            "neighbor_movie_id": movie_ids[neighbors.neighbor],
            "score": neighbors.score,
            "content_score": neighbors.score - year_score - prior_score,
            "year_score": year_score,
            "prior_score": prior_score,
        },
        "model": {
            **{name: np.array([value]) for name, value in model_row.items()},
            "config_json": np.array([json.dumps(asdict(config))], dtype=object),
        },
    }


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    for path in sorted(CHECKS.glob("*.sql")):
        query = path.read_text("utf-8")
        (violations,) = connection.execute(query).fetchall()[0]
        if violations:
            rule = query.splitlines()[0].removeprefix("-- ")
            raise FilmotecaError(
                f"{violations} rows of the trained model violate the rule “{rule}” Nothing was written; this is an"
                " error in the training, not in the data."
            )
