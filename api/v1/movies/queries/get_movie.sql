-- A film.
select
    -- columns/movie_columns.sql
    movie_columns
from marts.dim_movies
where movie_id = $movie_id
