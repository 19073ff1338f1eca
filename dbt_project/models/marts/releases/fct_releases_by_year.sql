with

movies as (

    select * from {{ ref('dim_movies') }}

),

releases as (

    {{ count_releases('movies', 'release_year') }}

)

select
    release_year,
    movie_count,
    non_placeholder_movie_count
from releases
order by release_year
