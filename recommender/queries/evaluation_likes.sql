-- The likes of the users in the evaluation.
with likes as (
    select distinct
        ratings.user_id,
        ratings.movie_id
    from marts.fct_ratings as ratings
    inner join marts.dim_movies as movies on ratings.movie_id = movies.movie_id
    where ratings.movielens_rating >= $liked_rating and movies.tmdb_vote_count >= $least_votes
),

users as (
    select user_id
    from likes
    group by user_id
    having count(*) >= $least_likes
    order by user_id
    limit $most_users
)

select
    likes.user_id,
    likes.movie_id
from likes
inner join users on likes.user_id = users.user_id
order by likes.user_id, likes.movie_id
