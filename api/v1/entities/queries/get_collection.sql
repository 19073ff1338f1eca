-- One collection, with the films and the money that it counts.
select
    collection_id,
    collection_name,
    movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from marts.dim_collections
where collection_id = $collection_id
