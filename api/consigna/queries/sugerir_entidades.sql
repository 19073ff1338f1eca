-- The collections, companies, countries or languages ($tipo) most similar to a name, best first; of about equally
-- similar names, the one with most films. Languages are suggested by code, too.
with

names as (

    select
        entity_name as nombre,
        entity_key,
        movie_count,
        similarity(entity_name_key, marts.text_key($nombre)) as similarity
    from marts.mart_entities
    where entity_kind = $tipo

    union all

    select
        entity_code as nombre,
        entity_key,
        movie_count,
        similarity(entity_code, marts.text_key($nombre)) as similarity
    from marts.mart_entities
    where entity_kind = $tipo and entity_kind = 'language'

)

select nombre
from names
where similarity >= 0.8
group by nombre
order by max(round(similarity, 1)) desc, max(movie_count) desc, min(entity_key)
limit 5
