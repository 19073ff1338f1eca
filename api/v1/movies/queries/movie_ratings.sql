-- The number and mean of the MovieLens ratings of a film.
select
    movielens_rating_count,
    movielens_rating_mean
from marts.fct_ratings_by_movie
where movie_id = $movie_id
