-- Films under the filters in force, by original language.
select
    matching_movies.original_language_code as value,
    languages.language_name as label,
    count(*) as movie_count
from matching_movies
inner join marts.dim_languages as languages on matching_movies.original_language_code = languages.language_code
group by matching_movies.original_language_code, languages.language_name
order by movie_count desc, matching_movies.original_language_code
limit $facet_limit
