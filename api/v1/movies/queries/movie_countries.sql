-- Production countries of a film, in its own order.
select
    entities.country_code,
    entities.country_name
from marts.fct_movie_countries as facts
inner join marts.dim_countries as entities on facts.country_code = entities.country_code
where facts.movie_id = $movie_id
order by facts.list_position, entities.country_code
