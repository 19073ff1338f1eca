-- Films that match the filters, by keyword.
with

counted as (

    select
        facts.keyword_id,
        count(*) as movie_count
    from matching_movies
    inner join marts.fct_movie_keywords as facts on matching_movies.movie_id = facts.movie_id
    group by facts.keyword_id
    order by movie_count desc, facts.keyword_id
    limit $facet_limit

)

select
    keywords.keyword_id::varchar as value,
    keywords.keyword_name as label,
    counted.movie_count
from counted
inner join marts.dim_keywords as keywords on counted.keyword_id = keywords.keyword_id
order by counted.movie_count desc, counted.keyword_id
