-- The titles of these films.
select movie_id, title, release_year
from marts.dim_movies
where list_contains($movie_ids, movie_id)
