with

entries as (

    select * from {{ ref('int_movie_genres_unnested') }}

),

movies as (

    select * from {{ ref('dim_movies') }}

),

names as (

    {{ most_common_name('entries', 'genre_id', 'genre_name') }}

),

totals as (

    {{ movie_totals('entries', 'movies', 'genre_id') }}

)

select
    names.genre_id,
    names.genre_name,
    {{ text_key('names.genre_name') }} as genre_name_key,
    totals.movie_count,
    totals.known_revenue_movie_count,
    totals.total_revenue_usd
from names
inner join totals on names.genre_id = totals.genre_id
order by names.genre_id
