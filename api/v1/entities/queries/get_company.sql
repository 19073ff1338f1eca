-- One production company, with the films and the money that it counts.
select
    company_id,
    company_name,
    movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from marts.dim_companies
where company_id = $company_id
