-- Of several films with the title, the one with the most votes. Digits are an id only if no title matches.
select movie_id, title, release_year
from marts.dim_movies
where title_key = marts.text_key($text) or movie_id = try_cast($text as integer)
order by title_key = marts.text_key($text) desc, tmdb_vote_count desc nulls last, movie_id
limit 1
