-- How many MovieLens users rated a film, and how.
select
    movielens_rating_count,
    movielens_rating_mean
from marts.fct_ratings_by_movie
where movie_id = $movie_id
