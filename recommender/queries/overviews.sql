-- The overviews of all films.
select coalesce(overview, '') as overview
from marts.mart_recommender_movies
order by movie_id
