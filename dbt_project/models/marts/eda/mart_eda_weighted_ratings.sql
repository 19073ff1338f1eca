with

movies as (

    select * from {{ ref('dim_movies') }}
    where tmdb_vote_mean is not null

),

prior as (

    select
        percentile_cont(0.95) within group (order by tmdb_vote_count) as prior_vote_count,
        avg(tmdb_vote_mean) as prior_vote_mean
    from movies

),

-- v / (v + m) R + m / (v + m) C: which adds m votes of the mean C to each film (the formula of IMDb's Top 250).
weighted as (

    select
        movies.movie_id,
        movies.tmdb_vote_count,
        movies.tmdb_vote_mean,
        prior.prior_vote_count,
        prior.prior_vote_mean,
        (movies.tmdb_vote_count * movies.tmdb_vote_mean + prior.prior_vote_count * prior.prior_vote_mean)
        / (movies.tmdb_vote_count + prior.prior_vote_count) as weighted_vote_mean
    from movies
    cross join prior
    where movies.tmdb_vote_count >= prior.prior_vote_count

)

select
    movie_id,
    row_number() over (order by weighted_vote_mean desc, movie_id) as weighted_rank,
    tmdb_vote_count,
    tmdb_vote_mean,
    prior_vote_count,
    prior_vote_mean,
    weighted_vote_mean
from weighted
order by weighted_rank
