-- The entities with an id or a code; entities of several kinds can have the same.
select
    entity_kind,
    entity_key,
    entity_id,
    entity_code,
    entity_name,
    movie_count,
    spoken_movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from marts.mart_entities
where entity_id = $entity_id

union all

select
    entity_kind,
    entity_key,
    entity_id,
    entity_code,
    entity_name,
    movie_count,
    spoken_movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from marts.mart_entities
where entity_code = $entity_code
