-- Which production company a name or an id stands for; a name may stand for several.
select company_id as id
from marts.dim_companies
where company_name_key = marts.text_key($name)

union

select company_id as id
from marts.dim_companies
where company_id = as_id($name)
order by id
