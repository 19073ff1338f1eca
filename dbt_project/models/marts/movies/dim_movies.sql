with

movies as (

    select * from {{ ref('int_movies_kept') }}

),

genre_entries as (

    select * from {{ ref('int_movie_genres_unnested') }}

),

collection_entries as (

    select * from {{ ref('int_movie_collections_unnested') }}

),

genres as (

    {{ most_common_name('genre_entries', 'genre_id', 'genre_name') }}

),

movie_genres as (

    select
        genre_entries.movie_id,
        list(genres.genre_name order by genre_entries.list_position) as genre_names
    from genre_entries
    inner join genres on genre_entries.genre_id = genres.genre_id
    where genres.genre_name is not null
    group by genre_entries.movie_id

),

collections as (

    {{ most_common_name('collection_entries', 'collection_id', 'collection_name') }}

),

movie_collections as (

    select
        collection_entries.movie_id,
        collections.collection_id,
        collections.collection_name
    from collection_entries
    inner join collections on collection_entries.collection_id = collections.collection_id
    where collection_entries.list_position = 1

)

select
    movies.movie_id,
    movies.imdb_id,
    movies.title,
    {{ text_key('movies.title') }} as title_key,
    movies.original_title,
    {{ text_key('movies.original_title') }} as original_title_key,
    movies.original_language_code,
    movies.overview,
    movies.tagline,
    movies.homepage_url,
    movies.poster_path,
    movies.status,
    movies.is_adult,
    movies.is_video,
    movies.release_date,
    cast(year(movies.release_date) as integer) as release_year,
    cast(year(movies.release_date) // 10 * 10 as integer) as release_decade,
    cast(month(movies.release_date) as integer) as release_month,
    cast(isodow(movies.release_date) as integer) as release_weekday,
    month(movies.release_date) = 1 and day(movies.release_date) = 1 as is_placeholder_date,
    movies.runtime_minutes,
    movies.budget_usd,
    movies.revenue_usd,
    movies.revenue_usd - movies.budget_usd as profit_usd,
    movies.revenue_usd / movies.budget_usd as return_ratio,
    movies.budget_usd is not null and movies.budget_usd < 1000 as has_suspicious_budget,
    movies.tmdb_popularity,
    movies.tmdb_vote_count,
    case when movies.tmdb_vote_count > 0 then movies.tmdb_vote_mean end as tmdb_vote_mean,
    coalesce(movie_genres.genre_names, []) as genre_names,
    movie_collections.collection_id,
    movie_collections.collection_name
from movies
left join movie_genres on movies.movie_id = movie_genres.movie_id
left join movie_collections on movies.movie_id = movie_collections.movie_id
-- The films that most ask for first: a page of them is read from few blocks.
order by movies.tmdb_vote_count desc nulls last, movies.movie_id
