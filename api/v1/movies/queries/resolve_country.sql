-- Which country a name or a code stands for; a name may stand for several.
select country_code as id
from marts.dim_countries
where country_name_key = marts.text_key($name)

union

select country_code as id
from marts.dim_countries
where country_code = upper($name)
order by id
