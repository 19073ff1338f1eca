-- The popularity rank and collection of all films.
select
    row_number() over (order by coalesce(tmdb_vote_count, 0) desc, movie_id) as popularity_rank,
    coalesce(collection_id, -1) as collection
from marts.dim_movies
order by movie_id
