-- The names nearest to one that no collection bears, best first.
select collection_name as name
from marts.dim_collections
where similarity(collection_name_key, marts.text_key($name)) >= 0.8
group by collection_name
order by max(similarity(collection_name_key, marts.text_key($name))) desc, max(movie_count) desc, min(collection_id)
limit 5
