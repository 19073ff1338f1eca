with

directors as (

    select * from {{ ref('fct_movie_directors') }}

),

movies as (

    select * from {{ ref('dim_movies') }}

),

directed as (

    select
        directors.person_id,
        movies.return_ratio,
        movies.revenue_usd,
        movies.budget_usd
    from directors
    inner join movies on directors.movie_id = movies.movie_id

),

summarized as (

    select
        person_id,
        {{ return_statistics() }}
    from directed
    group by person_id

)

select
    person_id,
    movie_count,
    known_return_movie_count,
    total_return_ratio,
    mean_return_ratio,
    known_mean_return_ratio,
    known_median_return_ratio,
    pooled_return_ratio
from summarized
order by person_id
