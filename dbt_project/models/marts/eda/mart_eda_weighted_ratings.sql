with

movies as (

    select * from {{ ref('dim_movies') }}

),

vote_prior as (

    select * from {{ ref('int_vote_prior') }}

)

select
    movies.movie_id,
    row_number() over (order by movies.weighted_rating desc, movies.movie_id) as weighted_rank,
    movies.tmdb_vote_count,
    movies.tmdb_vote_mean,
    vote_prior.prior_vote_count,
    vote_prior.prior_vote_mean,
    movies.weighted_rating as weighted_vote_mean
from movies
cross join vote_prior
where movies.weighted_rating is not null and movies.tmdb_vote_count >= vote_prior.prior_vote_count
order by weighted_rank
