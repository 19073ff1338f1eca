"""The tables of schema `recommender`: the only place that writes them."""

import json
from dataclasses import asdict
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from recommender.config import Config
from recommender.structures import Model
from warehouse.errors import FilmotecaError

Columns = dict[str, npt.NDArray[Any]]

# By table: what a row is; by column: its type and meaning.
TABLES: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "terms": (
        "One row per term: a word, or a genre, keyword, person or collection, that films can share.",
        {
            "term_id": ("integer", "From 0, in the order of field and then of the word, name or id."),
            "field": ("varchar", "text, genre, keyword, cast, director or collection."),
            "term": ("varchar", "As shown to a reader: a folded word, or a name."),
            "document_count": ("bigint", "Films that have the term."),
            "idf": ("float", "Inverse document frequency: ln((1 + films) / (1 + document_count)) + 1."),
        },
    ),
    "movie_terms": (
        "One row per film and term of it, ordered by both ids."
        " Over the terms that two films share, the products of their weights add up to their score.",
        {
            "movie_id": ("integer", "The film, as in marts.dim_movies."),
            "term_id": ("integer", "The term, as in recommender.terms."),
            "weight": ("float", "In (0, 1]; the squares of a film's weights add up to 1."),
        },
    ),
    "neighbors": (
        "One row per film and rank: its nearest films. Films that share no term with a film are not near it.",
        {
            "movie_id": ("integer", "The film, as in marts.dim_movies."),
            "neighbor_rank": ("integer", "From 1, by score descending and then by neighbor_movie_id."),
            "neighbor_movie_id": ("integer", "The near film, as in marts.dim_movies; never the film itself."),
            "score": ("float", "Cosine of the two films' weights, in (0, 1]."),
        },
    ),
    "reasons": (
        "One row per shared term that adds most to the score of a film and one of its first nearest films;"
        " recommender.movie_terms holds all shared terms of any two films.",
        {
            "movie_id": ("integer", "The film, as in marts.dim_movies."),
            "neighbor_rank": ("integer", "Rank of the near film, as in recommender.neighbors."),
            "neighbor_movie_id": ("integer", "The near film, as in marts.dim_movies."),
            "reason_rank": ("integer", "From 1, by contribution descending and then by term_id."),
            "term_id": ("integer", "The term, as in recommender.terms."),
            "field": ("varchar", "As in recommender.terms."),
            "term": ("varchar", "As in recommender.terms."),
            "contribution": ("float", "Product of the two films' weights: what the term adds to the score, in (0, 1]."),
        },
    ),
    "model": (
        "One row: what was trained, and with which choices.",
        {
            "trained_movie_count": ("bigint", "Films that have a vector."),
            "untrained_movie_count": ("bigint", "Films without any text: no vector, no neighbours."),
            "term_count": ("bigint", "Rows of recommender.terms."),
            "config_json": ("varchar", "Every hyperparameter, as JSON."),
        },
    ),
}

# Each counts the rows that break the promise it is named by.
CHECKS = {
    "each film's weights have length 1": """
        select count(*) from (
            select movie_id from recommender.movie_terms
            group by movie_id
            having abs(sum(weight::double * weight) - 1) > 1e-5
        )
    """,
    "the terms that a film shares with its nearest make their score": """
        select count(*) from (
            select pairs.movie_id
            from recommender.neighbors as pairs
            left join recommender.movie_terms as own on pairs.movie_id = own.movie_id
            left join recommender.movie_terms as other
                on pairs.neighbor_movie_id = other.movie_id and own.term_id = other.term_id
            where pairs.neighbor_rank = 1
            group by pairs.movie_id, pairs.score
            having abs(coalesce(sum(own.weight::double * other.weight), 0) - pairs.score) > 1e-5
        )
    """,
    "ranks follow score and id, scores are in (0, 1], and no film is near itself": """
        select count(*) from (
            select
                neighbor_rank,
                score > 0 and score <= 1 and movie_id <> neighbor_movie_id as is_sound,
                row_number() over (partition by movie_id order by score desc, neighbor_movie_id) as right_rank
            from recommender.neighbors
        )
        where not is_sound or neighbor_rank <> right_rank
    """,
}


def write_model(connection: duckdb.DuckDBPyConnection, model: Model, config: Config) -> None:
    """Replace the tables, all or none.

    Raises FilmotecaError, and leaves the old tables, if what was written breaks one of CHECKS.
    """
    connection.begin()
    try:
        connection.execute("create schema if not exists recommender")
        for table, columns in _columns_by_table(model, config).items():
            _write_table(connection, table, columns)
        _check(connection)
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _columns_by_table(model: Model, config: Config) -> dict[str, Columns]:
    movie_ids, vectors, neighbors, reasons = model.movie_ids, model.vectors, model.neighbors, model.reasons
    terms_per_film = np.diff(vectors.matrix.indptr)
    trained = np.count_nonzero(terms_per_film)
    return {
        "terms": {
            "term_id": np.arange(vectors.term.size),
            "field": vectors.field,
            "term": vectors.term,
            "document_count": vectors.document_count,
            "idf": vectors.idf,
        },
        "movie_terms": {
            "movie_id": np.repeat(movie_ids, terms_per_film),
            "term_id": vectors.matrix.indices,
            "weight": vectors.matrix.data,
        },
        "neighbors": {
            "movie_id": movie_ids[neighbors.row],
            "neighbor_rank": neighbors.rank,
            "neighbor_movie_id": movie_ids[neighbors.neighbor],
            "score": neighbors.score,
        },
        "reasons": {
            "movie_id": movie_ids[neighbors.row[reasons.pair]],
            "neighbor_rank": neighbors.rank[reasons.pair],
            "neighbor_movie_id": movie_ids[neighbors.neighbor[reasons.pair]],
            "reason_rank": reasons.rank,
            "term_id": reasons.term,
            "field": vectors.field[reasons.term],
            "term": vectors.term[reasons.term],
            "contribution": reasons.contribution,
        },
        "model": {
            "trained_movie_count": np.array([trained]),
            "untrained_movie_count": np.array([movie_ids.size - trained]),
            "term_count": np.array([vectors.term.size]),
            "config_json": np.array([json.dumps(asdict(config))], dtype=object),
        },
    }


def _write_table(connection: duckdb.DuckDBPyConnection, table: str, columns: Columns) -> None:
    comment, definitions = TABLES[table]
    types = ", ".join(f"{column} {sql_type} not null" for column, (sql_type, _) in definitions.items())
    connection.execute(f"create or replace table recommender.{table} ({types})")
    connection.register("columns_to_write", columns)
    connection.execute(f"insert into recommender.{table} by name from columns_to_write")
    connection.unregister("columns_to_write")
    connection.execute(f"comment on table recommender.{table} is {_literal(comment)}")
    for column, (_, meaning) in definitions.items():
        connection.execute(f"comment on column recommender.{table}.{column} is {_literal(meaning)}")


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    for promise, query in CHECKS.items():
        (broken,) = connection.execute(query).fetchall()[0]
        if broken:
            raise FilmotecaError(
                f"{broken} rows of the trained model break the promise that {promise}; nothing was written."
                " This is a defect of the training, not of the data."
            )


def _literal(text: str) -> str:
    """A comment takes no parameter."""
    return "'" + text.replace("'", "''") + "'"
