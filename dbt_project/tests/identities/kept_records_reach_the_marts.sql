-- The marts have exactly the kept records: none multiplied by a join, and none lost in one.
with

held as (

    select 'movies' as source_name, count(*) as row_count from {{ ref('dim_movies') }}
    union all
    select 'movies' as source_name, count(*) as row_count from {{ ref('mart_recommender_movies') }}
    union all
    select 'movies' as source_name, sum(movie_count) as row_count from {{ ref('fct_releases_by_month') }}
    union all
    select 'movies' as source_name, sum(movie_count) as row_count from {{ ref('fct_releases_by_weekday') }}
    union all
    select 'movies' as source_name, sum(movie_count) as row_count from {{ ref('fct_releases_by_year') }}
    union all
    select 'movies' as source_name, sum(movie_count) as row_count from {{ ref('fct_releases_by_decade') }}
    union all
    select 'links' as source_name, count(*) as row_count from {{ ref('fct_movie_links') }}
    union all
    select 'ratings' as source_name, count(*) as row_count from {{ ref('fct_ratings') }}
    union all
    select
        'ratings' as source_name,
        coalesce(sum(movielens_rating_count), 0) as row_count
    from {{ ref('fct_ratings_by_movie') }}

)

select held.*
from held
inner join {{ ref('row_accounting') }} as accounts on held.source_name = accounts.source_name
where held.row_count != accounts.rows_kept
