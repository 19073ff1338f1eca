-- Films that match the filters, by spoken language.
with

counted as (

    select
        facts.language_code,
        count(*) as movie_count
    from matching_movies
    inner join marts.fct_movie_spoken_languages as facts on matching_movies.movie_id = facts.movie_id
    group by facts.language_code
    order by movie_count desc, facts.language_code
    limit $facet_limit

)

select
    languages.language_code as value,
    languages.language_name as label,
    counted.movie_count
from counted
inner join marts.dim_languages as languages on counted.language_code = languages.language_code
order by counted.movie_count desc, counted.language_code
