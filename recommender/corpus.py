"""The films' words, names and people, and who likes them: the only SQL that reads what is learned from."""

import duckdb
import numpy as np

from recommender.config import Config
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

# By field: the list that tells two entities apart, and the list of the names that a reader is shown. Of a cast, what is
# weighed is read.
ENTITY_LISTS = {
    "genre": ("genre_names", "genre_names"),
    "keyword": ("keyword_names", "keyword_names"),
    "cast": ("cast_person_ids[:$cast_limit]", "cast_names[:$cast_limit]"),
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

    select
        movie_id,
        key,
        case
            when row_number() over (partition by key order by movie_id, list_position) = 1 then name
            else ''
        end as name,
        list_position
    from entries
    where key is not null and name is not null
    order by movie_id, list_position
"""

# Whoever rated so many films that the limit is passed is left out, and so is everybody of a higher id: the ids were
# given at random, so those that stay are a fair sample, and the same one every time.
LIKES = """
    with likes as (
        select distinct
            ratings.movie_id,
            ratings.user_id
        from marts.fct_ratings as ratings
        inner join marts.mart_recommender_movies as movies on ratings.movie_id = movies.movie_id
        where ratings.movielens_rating >= $liked_rating
    ),

    users as (
        select
            user_id,
            sum(count(*)) over (order by user_id) as likes_so_far
        from likes
        group by user_id
    )

    select
        likes.movie_id,
        likes.user_id as key,
        concat('user ', likes.user_id) as name,
        1 as list_position
    from likes
    inner join users on likes.user_id = users.user_id
    where users.likes_so_far <= $likes_limit
    order by likes.movie_id, likes.user_id
"""


def read_corpus(connection: duckdb.DuckDBPyConnection, config: Config) -> Corpus:
    """Read `marts.mart_recommender_movies`, and `marts.fct_ratings` if likes have a weight.

    A mart or column that is missing is duckdb's error.
    """
    movies = connection.execute(MOVIES).fetchnumpy()
    movie_ids = movies["movie_id"]
    entries = {
        field: _entries(connection.execute(_entries_sql(keys, names, config)), movie_ids)
        for field, (keys, names) in ENTITY_LISTS.items()
    }
    if config.weights.likes > 0:
        bounds = {"liked_rating": config.liked_rating, "likes_limit": config.likes_limit}
        entries["likes"] = _entries(connection.execute(LIKES, bounds), movie_ids)
    return Corpus(
        movie_ids=movie_ids,
        texts=movies["text"],
        entries=entries,
        years=movies["release_year"],
        vote_counts=movies["vote_count"],
        vote_means=movies["vote_mean"],
    )


def _entries_sql(keys: str, names: str, config: Config) -> str:
    return ENTRIES.format(keys=keys, names=names).replace("$cast_limit", str(config.cast_limit))


def _entries(found: duckdb.DuckDBPyConnection, movie_ids: Integers) -> Entries:
    columns = found.fetchnumpy()
    return Entries(
        row=np.searchsorted(movie_ids, columns["movie_id"]),
        key=columns["key"],
        name=columns["name"],
        list_position=columns["list_position"],
    )
