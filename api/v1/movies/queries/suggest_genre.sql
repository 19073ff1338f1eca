-- The names nearest to one that no genre bears, best first.
select genre_name as name
from marts.dim_genres
where similarity(genre_name_key, marts.text_key($name)) >= 0.8
group by genre_name
order by max(similarity(genre_name_key, marts.text_key($name))) desc, max(movie_count) desc, min(genre_id)
limit 5
