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
        "One row per term that films can share: a word, a name, a language, or a user who likes them.",
        {
            "term_id": ("integer", "From 0, in the order of field and then of term_key."),
            "field": ("varchar", "text, genre, keyword, cast, director, collection, language or likes."),
            "term_key": (
                "varchar",
                "What makes it itself in its field: a folded word, a name, or the id of a person, collection or user.",
            ),
            "term": ("varchar", "As shown to a reader: a folded word or a name."),
            "document_count": ("bigint", "Films that have the term."),
            "idf": (
                "float",
                "Inverse document frequency: ln((1 + films) / (1 + document_count)) + 1; 1 for a user.",
            ),
        },
    ),
    "movie_terms": (
        "One row per film and term of it, ordered by both ids."
        " Over the terms that two films share, the products of their weights add up to the content score.",
        {
            "movie_id": ("integer", "The film, as in marts.dim_movies."),
            "term_id": ("integer", "The term, as in recommender.terms."),
            "weight": (
                "float",
                "In (0, 1]; the squares of a film's weights in a field add up to the field's weight,"
                " or to less where it has few genres or likes.",
            ),
        },
    ),
    "movies": (
        "One row per film: its part in any score whatever terms are shared. Two films' year score is"
        " year_weight * exp(-abs(difference of the years) / year_scale_years), as in recommender.model.",
        {
            "movie_id": ("integer", "The film, as in marts.dim_movies."),
            "release_year": ("integer", "Year of release."),
            "prior_score": (
                "float",
                "What speaks for the film whoever asks: its votes compared with those of its years, and their mean.",
            ),
            "prior_share": (
                "float",
                "How much of the others' prior_score counts when films are recommended for this one, 0 to 1.",
            ),
        },
    ),
    "neighbors": (
        "One row per film and rank: the films recommended for it. score = content_score + year_score + prior_score."
        " Beyond 50,000 films, only those with the most votes have rows: neighbor_films in the model's config_json.",
        {
            "movie_id": ("integer", "The film, as in marts.dim_movies."),
            "neighbor_rank": ("integer", "From 1, by score descending and then by neighbor_movie_id."),
            "neighbor_movie_id": ("integer", "The recommended film, as in marts.dim_movies; never the film itself."),
            "score": ("float", "In (0, 1]."),
            "content_score": ("float", "What the shared terms add: the sum of the products of both films' weights."),
            "year_score": ("float", "What the closeness of the films' years adds."),
            "prior_score": (
                "float",
                "What speaks for the recommended film: its prior_score in recommender.movies, times prior_share.",
            ),
        },
    ),
    "model": (
        "One row: what was trained, and with which choices.",
        {
            "trained_movie_count": ("bigint", "Films that have a vector."),
            "untrained_movie_count": ("bigint", "Films without any term: no vector, no neighbours."),
            "term_count": ("bigint", "Rows of recommender.terms."),
            "uses_ratings": ("boolean", "Whether users who like two films count among what the films share."),
            "year_weight": ("float", "What two films of the same year get for it."),
            "year_scale_years": ("float", "Each so many years between two films divide that by e."),
            "config_json": ("varchar", "Every hyperparameter, as JSON."),
        },
    ),
}

# Each counts the rows that break the promise it is named by.
CHECKS = {
    "the squares of a film's weights in a field add up to the field's weight, or for few genres or likes to less": """
        select count(*) from (
            select movie_id
            from recommender.movie_terms
            inner join recommender.terms using (term_id)
            inner join (
                select unnest(json_keys(weights)) as field, unnest(weights -> '$.*')::double as field_weight
                from (select config_json -> 'weights' as weights from recommender.model)
            ) using (field)
            group by movie_id, field
            having
                sum(weight::double * weight) - any_value(field_weight) > 1e-5
                or field not in ('genre', 'likes') and sum(weight::double * weight) - any_value(field_weight) < -1e-5
        )
    """,
    "terms, years and prior make the score of a film and its nearest": """
        with own as materialized (
            select pairs.movie_id, pairs.neighbor_movie_id, terms.term_id, terms.weight
            from recommender.neighbors as pairs
            inner join recommender.movie_terms as terms on pairs.movie_id = terms.movie_id
            where pairs.neighbor_rank = 1
        ),

        shared as (
            select own.movie_id, sum(own.weight::double * other.weight) as content_score
            from own
            inner join recommender.movie_terms as other
                on own.neighbor_movie_id = other.movie_id and own.term_id = other.term_id
            group by own.movie_id
        )

        select count(*)
        from recommender.neighbors as pairs
        inner join recommender.movies as asked on pairs.movie_id = asked.movie_id
        inner join recommender.movies as near on pairs.neighbor_movie_id = near.movie_id
        left join shared on pairs.movie_id = shared.movie_id
        cross join recommender.model as model
        where
            abs(pairs.score::double - pairs.content_score - pairs.year_score - pairs.prior_score) > 1e-5
            or abs(pairs.prior_score - asked.prior_share::double * near.prior_score) > 1e-5
            or abs(pairs.year_score - model.year_weight * exp(
                -abs(asked.release_year - near.release_year) / model.year_scale_years
            )) > 1e-5
            or pairs.neighbor_rank = 1 and abs(coalesce(shared.content_score, 0) - pairs.content_score) > 1e-5
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
    movie_ids, vectors, base, neighbors = model.movie_ids, model.vectors, model.base, model.neighbors
    terms_per_film = np.diff(vectors.matrix.indptr)
    trained = np.count_nonzero(terms_per_film)
    year_score = base.year_scores[base.group[neighbors.row], base.group[neighbors.neighbor]]
    prior_score = base.prior_shares[neighbors.row] * base.prior_scores[neighbors.neighbor]
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
            "release_year": base.groups[base.group],
            "prior_score": base.prior_scores,
            "prior_share": base.prior_shares,
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
            "trained_movie_count": np.array([trained]),
            "untrained_movie_count": np.array([movie_ids.size - trained]),
            "term_count": np.array([vectors.term.size]),
            "uses_ratings": np.array([config.weights.likes > 0]),
            "year_weight": np.array([config.years.weight]),
            "year_scale_years": np.array([config.years.scale_years]),
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
