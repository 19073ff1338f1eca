-- The likes of the users with the lowest ids, an unbiased and stable sample: MovieLens assigns ids at random.
with likes as (
    select distinct
        ratings.movie_id,
        ratings.user_id
    from marts.fct_ratings as ratings
    inner join marts.mart_recommender_movies as movies on ratings.movie_id = movies.movie_id
    where ratings.movielens_rating >= $liked_rating
),

users as (
    select
        user_id,
        sum(count(*)) over (order by user_id) as likes_so_far
    from likes
    group by user_id
)

select
    likes.movie_id,
    likes.user_id as key,
    concat('user ', likes.user_id) as name,
    1 as list_position
from likes
inner join users on likes.user_id = users.user_id
where users.likes_so_far <= $likes_limit
order by likes.movie_id, likes.user_id
