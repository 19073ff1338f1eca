-- The production companies nearest to one that is not known, best first.
select company_name as nombre
from marts.dim_companies
where similitud(company_name_key, marts.text_key($nombre)) >= 0.8
group by company_name
order by max(similitud(company_name_key, marts.text_key($nombre))) desc, min(company_id)
limit 5
