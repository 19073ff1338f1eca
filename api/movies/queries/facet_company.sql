-- Films under the filters in force, by production company.
select
    companies.company_id::varchar as value,
    companies.company_name as label,
    count(*) as movie_count
from matching_movies
inner join marts.fct_movie_companies as facts on matching_movies.movie_id = facts.movie_id
inner join marts.dim_companies as companies on facts.company_id = companies.company_id
group by companies.company_id, companies.company_name
order by movie_count desc, companies.company_id
limit $facet_limit
