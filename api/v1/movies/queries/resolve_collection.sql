-- Which collection a name or an id stands for; a name may stand for several.
select collection_id as id
from marts.dim_collections
where collection_name_key = marts.text_key($name)

union

select collection_id as id
from marts.dim_collections
where collection_id = as_id($name)
order by id
