-- Genres, keywords, companies, countries and spoken languages of a film, in the film's own order.
select
    entity_kind,
    entity_id,
    entity_code,
    entity_name
from marts.mart_movie_entities
where movie_id = $movie_id
order by list_position, entity_key
