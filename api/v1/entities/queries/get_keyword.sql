-- One keyword, with the films and the money that it counts.
select
    keyword_id,
    keyword_name,
    movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from marts.dim_keywords
where keyword_id = $keyword_id
