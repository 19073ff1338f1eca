-- The names nearest to one that no production company bears, best first.
select company_name as name
from marts.dim_companies
where similarity(company_name_key, marts.text_key($name)) >= 0.8
group by company_name
order by max(similarity(company_name_key, marts.text_key($name))) desc, max(movie_count) desc, min(company_id)
limit 5
