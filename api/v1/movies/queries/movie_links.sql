-- The ids of a film in MovieLens and IMDb.
select
    movielens_movie_id,
    imdb_id
from marts.fct_movie_links
where movie_id = $movie_id
order by movielens_movie_id
