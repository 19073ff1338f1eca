-- Genres of a film, in its own order.
select
    entities.genre_id,
    entities.genre_name
from marts.fct_movie_genres as facts
inner join marts.dim_genres as entities on facts.genre_id = entities.genre_id
where facts.movie_id = $movie_id
order by facts.list_position, entities.genre_id
