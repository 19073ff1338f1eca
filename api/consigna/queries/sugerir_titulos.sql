-- The titles and original titles most similar to a title, best first; of about equally similar titles, the one with
-- most votes.
with

names as (

    select
        title as nombre,
        movie_id,
        tmdb_vote_count as weight,
        similarity(title_key, marts.text_key($nombre)) as similarity
    from marts.dim_movies

    union all

    select
        original_title as nombre,
        movie_id,
        tmdb_vote_count as weight,
        similarity(original_title_key, marts.text_key($nombre)) as similarity
    from marts.dim_movies
    where original_title_key != title_key

)

select nombre
from names
where similarity >= 0.8
group by nombre
order by max(round(similarity, 1)) desc, max(weight) desc nulls last, min(movie_id)
limit 5
