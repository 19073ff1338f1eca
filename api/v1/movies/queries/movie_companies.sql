-- Production companies of a film, in its own order.
select
    entities.company_id,
    entities.company_name
from marts.fct_movie_companies as facts
inner join marts.dim_companies as entities on facts.company_id = entities.company_id
where facts.movie_id = $movie_id
order by facts.list_position, entities.company_id
