with

movies as (

    select * from {{ ref('int_movies_measured') }}

),

movie_entities as (

    select * from {{ ref('int_movie_entities_unnested') }}

),

entities as (

    select * from {{ ref('int_entities_aggregated') }}

),

named as (

    select
        movie_entities.*,
        entities.entity_name
    from movie_entities
    inner join entities
        on
            movie_entities.entity_kind = entities.entity_kind
            and movie_entities.entity_id = entities.entity_id
    where movie_entities.entity_role in ('genre', 'collection')

),

vote_prior as (

    select * from {{ ref('int_vote_prior') }}

),

movie_genres as (

    select
        movie_id,
        {{ ordered_list('entity_name', 'list_position') }} as genre_names
    from named
    where entity_role = 'genre' and entity_name is not null
    group by movie_id

),

movie_collections as (

    select
        movie_id,
        cast(entity_id as bigint) as collection_id,
        entity_name as collection_name
    from named
    where entity_role = 'collection' and list_position = 1

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
    cast(year(movies.release_date) - year(movies.release_date) % 10 as integer) as release_decade,
    cast(month(movies.release_date) as integer) as release_month,
    cast({{ iso_weekday('movies.release_date') }} as integer) as release_weekday,
    month(movies.release_date) = 1 and day(movies.release_date) = 1 as is_placeholder_date,
    movies.runtime_minutes,
    movies.budget_usd,
    movies.revenue_usd,
    movies.profit_usd,
    movies.return_ratio,
    movies.has_suspicious_budget,
    movies.tmdb_popularity,
    movies.tmdb_vote_count,
    movies.tmdb_vote_mean,
    -- v / (v + m) R + m / (v + m) C: which adds m votes of the mean C to each film (the formula of IMDb's Top 250).
    (movies.tmdb_vote_count * movies.tmdb_vote_mean + vote_prior.prior_vote_count * vote_prior.prior_vote_mean)
    / (movies.tmdb_vote_count + vote_prior.prior_vote_count) as weighted_rating,
    coalesce(movie_genres.genre_names, {{ empty_list() }}) as genre_names,
    movie_collections.collection_id,
    movie_collections.collection_name
from movies
cross join vote_prior
left join movie_genres on movies.movie_id = movie_genres.movie_id
left join movie_collections on movies.movie_id = movie_collections.movie_id
-- Popular films first, so that a page of them is read from few blocks.
order by movies.tmdb_vote_count desc nulls last, movies.movie_id
