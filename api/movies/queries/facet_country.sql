-- Films under the filters in force, by production country.
select
    countries.country_code as value,
    countries.country_name as label,
    count(*) as movie_count
from matching_movies
inner join marts.fct_movie_countries as facts on matching_movies.movie_id = facts.movie_id
inner join marts.dim_countries as countries on facts.country_code = countries.country_code
group by countries.country_code, countries.country_name
order by movie_count desc, countries.country_code
limit $facet_limit
