-- The countries nearest to one that is not known, best first.
select country_name as nombre
from marts.dim_countries
where similitud(country_name_key, marts.text_key($nombre)) >= 0.8
group by country_name
order by max(similitud(country_name_key, marts.text_key($nombre))) desc, min(country_code)
limit 5
