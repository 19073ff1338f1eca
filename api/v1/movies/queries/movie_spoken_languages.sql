-- Spoken languages of a film, in its own order.
select
    entities.language_code,
    entities.language_name
from marts.fct_movie_spoken_languages as facts
inner join marts.dim_languages as entities on facts.language_code = entities.language_code
where facts.movie_id = $movie_id
order by facts.list_position, entities.language_code
