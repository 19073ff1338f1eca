-- The names of a kind of entity that are most similar to a name, best first.
select entity_name as name
from marts.mart_entities
where entity_kind = $kind and similarity(entity_name_key, marts.text_key($name)) >= 0.8
group by entity_name
order by max(similarity(entity_name_key, marts.text_key($name))) desc, max(movie_count) desc, min(entity_key)
limit 5
