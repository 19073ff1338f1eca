-- One language, with the films and the money that it counts.
select
    language_code,
    language_name,
    movie_count,
    spoken_movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from marts.dim_languages
where language_code = lower($language_code)
