-- One genre, with the films and the money that it counts.
select
    genre_id,
    genre_name,
    movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from marts.dim_genres
where genre_id = $genre_id
