-- Films that match the filters, by decade of release.
select
    release_decade::varchar as value,
    release_decade || 's' as label,
    count(*) as movie_count
from matching_movies
group by release_decade
order by release_decade desc
limit $facet_limit
