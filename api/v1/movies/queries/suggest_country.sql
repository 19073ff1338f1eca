-- The names nearest to one that no country bears, best first.
select country_name as name
from marts.dim_countries
where similarity(country_name_key, marts.text_key($name)) >= 0.8
group by country_name
order by max(similarity(country_name_key, marts.text_key($name))) desc, max(movie_count) desc, min(country_code)
limit 5
