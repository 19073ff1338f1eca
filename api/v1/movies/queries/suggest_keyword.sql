-- The names nearest to one that no keyword bears, best first.
select keyword_name as name
from marts.dim_keywords
where similarity(keyword_name_key, marts.text_key($name)) >= 0.8
group by keyword_name
order by max(similarity(keyword_name_key, marts.text_key($name))) desc, max(movie_count) desc, min(keyword_id)
limit 5
