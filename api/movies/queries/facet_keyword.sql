-- Films under the filters in force, by keyword.
select
    keywords.keyword_id::varchar as value,
    keywords.keyword_name as label,
    count(*) as movie_count
from matching_movies
inner join marts.fct_movie_keywords as facts on matching_movies.movie_id = facts.movie_id
inner join marts.dim_keywords as keywords on facts.keyword_id = keywords.keyword_id
group by keywords.keyword_id, keywords.keyword_name
order by movie_count desc, keywords.keyword_id
limit $facet_limit
