with

ratings as (

    select * from {{ ref('fct_ratings') }}

)

select
    movie_id,
    count(*) as movielens_rating_count,
    avg(movielens_rating) as movielens_rating_mean
from ratings
group by movie_id
order by movie_id
