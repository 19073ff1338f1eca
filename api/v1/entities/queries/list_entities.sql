-- Entities of a kind with the number of their films and their revenue.
select
    entity_id,
    entity_code,
    entity_name,
    entity_name_key,
    movie_count,
    spoken_movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from marts.mart_entities
where
    entity_kind = $kind
    and ($q is null or has_words(entity_name_key, $q))
    and ($movie_count_from is null or movie_count >= $movie_count_from)
    and ($movie_count_to is null or movie_count <= $movie_count_to)
    and ($known_revenue_movie_count_from is null or known_revenue_movie_count >= $known_revenue_movie_count_from)
    and ($known_revenue_movie_count_to is null or known_revenue_movie_count <= $known_revenue_movie_count_to)
    and ($total_revenue_from is null or total_revenue_usd >= $total_revenue_from)
    and ($total_revenue_to is null or total_revenue_usd <= $total_revenue_to)
