with

movies as (

    select * from {{ ref('dim_movies') }}

)

select
    release_year,
    count(*) as movie_count,
    count(*) filter (where not is_placeholder_date) as non_placeholder_movie_count
from movies
group by release_year
order by release_year
