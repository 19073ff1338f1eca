-- The entities with a name, an id or a code; several entities can have the same name.
select
    entity_kind,
    entity_key,
    entity_id,
    entity_code,
    entity_name
from marts.mart_entities
where entity_name_key = marts.text_key($name)

union all

select
    entity_kind,
    entity_key,
    entity_id,
    entity_code,
    entity_name
from marts.mart_entities
where entity_id = as_id($name)

union all

select
    entity_kind,
    entity_key,
    entity_id,
    entity_code,
    entity_name
from marts.mart_entities
where entity_code = $code
