-- The franchises nearest to one that is not known, best first.
select collection_name as nombre
from marts.dim_collections
where similitud(collection_name_key, marts.text_key($nombre)) >= 0.8
group by collection_name
order by max(similitud(collection_name_key, marts.text_key($nombre))) desc, min(collection_id)
limit 5
