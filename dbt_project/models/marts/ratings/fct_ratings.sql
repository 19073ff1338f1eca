with

ratings as (

    select * from {{ ref('int_ratings_screened') }} where rejection_reason is null

)

select
    user_id,
    movielens_movie_id,
    movie_id,
    movielens_rating,
    rated_at
from ratings
order by user_id, movielens_movie_id
