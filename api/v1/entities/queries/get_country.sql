-- One production country, with the films and the money that it counts.
select
    country_code,
    country_name,
    movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from marts.dim_countries
where country_code = upper($country_code)
