-- The number of films that a country produced, alone or with others.
select
    country_name as pais,
    country_code as codigo,
    movie_count as cantidad
from marts.dim_countries
where country_name_key = marts.text_key($nombre) or country_code = upper(trim($nombre))
order by movie_count desc, country_code
limit 1
