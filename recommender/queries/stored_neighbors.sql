-- The first stored neighbors of all films.
select movie_id, neighbor_rank, neighbor_movie_id
from recommender.neighbors
where neighbor_rank <= $list_length
