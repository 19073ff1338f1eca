-- Keywords of a film, in its own order.
select
    entities.keyword_id,
    entities.keyword_name
from marts.fct_movie_keywords as facts
inner join marts.dim_keywords as entities on facts.keyword_id = entities.keyword_id
where facts.movie_id = $movie_id
order by facts.list_position, entities.keyword_id
