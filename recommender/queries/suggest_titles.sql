-- Titles similar to the text.
select title
from marts.dim_movies
where jaro_winkler_similarity(title_key, marts.text_key($text)) >= $min_similarity
group by title
order by
    max(round(jaro_winkler_similarity(title_key, marts.text_key($text)), 1)) desc,
    max(tmdb_vote_count) desc nulls last,
    min(movie_id)
limit 5
