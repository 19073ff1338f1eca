-- Films under the filters in force, by spoken language.
select
    languages.language_code as value,
    languages.language_name as label,
    count(*) as movie_count
from matching_movies
inner join marts.fct_movie_spoken_languages as facts on matching_movies.movie_id = facts.movie_id
inner join marts.dim_languages as languages on facts.language_code = languages.language_code
group by languages.language_code, languages.language_name
order by movie_count desc, languages.language_code
limit $facet_limit
