-- Films that match the filters, by collection.
select
    matching_movies.collection_id::varchar as value,
    any_value(matching_movies.collection_name) as label,
    count(*) as movie_count
from matching_movies
where matching_movies.collection_id is not null
group by matching_movies.collection_id
order by movie_count desc, matching_movies.collection_id
limit $facet_limit
