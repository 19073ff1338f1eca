-- The twenty films with the highest weighted mean vote.
select
    ratings.weighted_rank,
    movies.title,
    movies.release_year,
    ratings.tmdb_vote_count,
    ratings.tmdb_vote_mean,
    ratings.weighted_vote_mean,
    ratings.prior_vote_count,
    ratings.prior_vote_mean
from marts.mart_eda_weighted_ratings as ratings
inner join marts.dim_movies as movies on ratings.movie_id = movies.movie_id
where ratings.weighted_rank <= 20
order by ratings.weighted_rank
