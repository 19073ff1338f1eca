with

movies as (

    select * from {{ ref('dim_movies') }}

)

select
    release_decade,
    count(*) as movie_count,
    count(*) filter (where not is_placeholder_date) as non_placeholder_movie_count
from movies
group by release_decade
order by release_decade
