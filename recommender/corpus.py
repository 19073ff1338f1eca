"""The films' words, names and people: the only SQL that reads for the recommender."""

import duckdb
import numpy as np

from recommender.structures import Corpus, Entries, Integers

# A title says what a film is about where no overview does; alone it says too little to recommend by.
MOVIES = """
    select
        movie_id,
        case
            when overview is not null
                or tagline is not null
                or collection_id is not null
                or len(genre_names) + len(keyword_names) + len(cast_person_ids) + len(director_person_ids) > 0
                then concat_ws(' ', title, overview, tagline)
            else ''
        end as text,
        release_year,
        coalesce(tmdb_vote_count, 0) as vote_count,
        coalesce(tmdb_vote_mean, 0) as vote_mean
    from marts.mart_recommender_movies
    order by movie_id
"""

# By field: the list that tells two entities apart, and the list of the names that a reader is shown.
ENTITY_LISTS = {
    "genre": ("genre_names", "genre_names"),
    "keyword": ("keyword_names", "keyword_names"),
    "cast": ("cast_person_ids", "cast_names"),
    "director": ("director_person_ids", "director_names"),
    "collection": ("[collection_id]", "[collection_name]"),
    "language": ("[original_language_code]", "[original_language_code]"),
}

ENTRIES = """
    with entries as (
        select
            movie_id,
            unnest({keys}) as key,
            unnest({names}) as name,
            unnest(range(1, len({keys}) + 1)) as list_position
        from marts.mart_recommender_movies
    )

    select movie_id, key, name, list_position
    from entries
    where key is not null and name is not null
    order by movie_id, list_position
"""


def read_corpus(connection: duckdb.DuckDBPyConnection) -> Corpus:
    """Read `marts.mart_recommender_movies`; a mart or column that is missing is duckdb's error."""
    movies = connection.execute(MOVIES).fetchnumpy()
    movie_ids = movies["movie_id"]
    entries = {field: _read_entries(connection, movie_ids, *lists) for field, lists in ENTITY_LISTS.items()}
    return Corpus(
        movie_ids=movie_ids,
        texts=movies["text"],
        entries=entries,
        years=movies["release_year"],
        vote_counts=movies["vote_count"],
        vote_means=movies["vote_mean"],
    )


def _read_entries(connection: duckdb.DuckDBPyConnection, movie_ids: Integers, keys: str, names: str) -> Entries:
    columns = connection.execute(ENTRIES.format(keys=keys, names=names)).fetchnumpy()
    return Entries(
        row=np.searchsorted(movie_ids, columns["movie_id"]),
        key=columns["key"],
        name=columns["name"],
        list_position=columns["list_position"],
    )
