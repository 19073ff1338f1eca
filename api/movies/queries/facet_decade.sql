-- Films under the filters in force, by decade of release.
select
    (release_year // 10 * 10)::varchar as value,
    (release_year // 10 * 10)::varchar || 's' as label,
    count(*) as movie_count
from matching_movies
group by release_year // 10 * 10
order by release_year // 10 * 10 desc
limit $facet_limit
