with

ratings as (

    select * from {{ ref('int_ratings_linked') }}

),

classified as (

    select * from {{ ref('int_ratings_classified') }}

)

select
    ratings.user_id,
    ratings.movielens_movie_id,
    ratings.movie_id,
    ratings.movielens_rating,
    ratings.rated_at
from ratings
inner join classified on ratings.row_number = classified.row_number
where classified.rejection_reason is null
order by ratings.user_id, ratings.movielens_movie_id
