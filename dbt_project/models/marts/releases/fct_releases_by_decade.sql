with

movies as (

    select * from {{ ref('dim_movies') }}

),

releases as (

    {{ count_releases('movies', 'release_decade') }}

)

select
    release_decade,
    movie_count,
    non_placeholder_movie_count
from releases
order by release_decade
