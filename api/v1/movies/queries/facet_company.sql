-- Films that match the filters, by production company.
with

counted as (

    select
        facts.company_id,
        count(*) as movie_count
    from matching_movies
    inner join marts.fct_movie_companies as facts on matching_movies.movie_id = facts.movie_id
    group by facts.company_id
    order by movie_count desc, facts.company_id
    limit $facet_limit

)

select
    companies.company_id::varchar as value,
    companies.company_name as label,
    counted.movie_count
from counted
inner join marts.dim_companies as companies on counted.company_id = companies.company_id
order by counted.movie_count desc, counted.company_id
