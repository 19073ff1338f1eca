-- Films that match the filters, by year of release.
select
    release_year::varchar as value,
    release_year::varchar as label,
    count(*) as movie_count
from matching_movies
group by release_year
order by release_year desc
limit $facet_limit
