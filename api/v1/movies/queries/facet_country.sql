-- Films that match the filters, by production country.
with

counted as (

    select
        facts.country_code,
        count(*) as movie_count
    from matching_movies
    inner join marts.fct_movie_countries as facts on matching_movies.movie_id = facts.movie_id
    group by facts.country_code
    order by movie_count desc, facts.country_code
    limit $facet_limit

)

select
    countries.country_code as value,
    countries.country_name as label,
    counted.movie_count
from counted
inner join marts.dim_countries as countries on counted.country_code = countries.country_code
order by counted.movie_count desc, counted.country_code
