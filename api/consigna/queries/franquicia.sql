-- The revenue of a franchise's films. As assigned, unknown revenue counts as 0, also in the mean.
select
    collection_name as franquicia,
    movie_count as cantidad_peliculas,
    coalesce(total_revenue_usd, 0) as ganancia_total,
    coalesce(total_revenue_usd, 0) / movie_count as ganancia_promedio,
    known_revenue_movie_count as peliculas_con_ganancia
from marts.dim_collections
where collection_name_key = marts.text_key($nombre)
order by movie_count desc, collection_id
limit 1
