-- The names nearest to one that no language bears, best first.
select language_name as name
from marts.dim_languages
where similarity(language_name_key, marts.text_key($name)) >= 0.8
group by language_name
order by max(similarity(language_name_key, marts.text_key($name))) desc, max(movie_count) desc, min(language_code)
limit 5
