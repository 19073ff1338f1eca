-- The MovieLens ratings of films beside their TMDB votes.
select
    ratings.movie_id,
    movies.title,
    movies.title_key,
    movies.release_year,
    ratings.movielens_rating_count,
    ratings.movielens_rating_mean,
    movies.tmdb_vote_count,
    movies.tmdb_vote_mean
from marts.fct_ratings_by_movie as ratings
inner join marts.dim_movies as movies on ratings.movie_id = movies.movie_id
where
    true
    and ($rating_count_from is null or ratings.movielens_rating_count >= $rating_count_from)
    and ($vote_count_from is null or movies.tmdb_vote_count >= $vote_count_from)
