-- Films that match the filters, by original language.
with

counted as (

    select
        original_language_code as language_code,
        count(*) as movie_count
    from matching_movies
    where original_language_code is not null
    group by original_language_code
    order by movie_count desc, language_code
    limit $facet_limit

)

select
    languages.language_code as value,
    languages.language_name as label,
    counted.movie_count
from counted
inner join marts.dim_languages as languages on counted.language_code = languages.language_code
order by counted.movie_count desc, counted.language_code
