-- Films that match the filters, by genre.
with

counted as (

    select
        facts.genre_id,
        count(*) as movie_count
    from matching_movies
    inner join marts.fct_movie_genres as facts on matching_movies.movie_id = facts.movie_id
    group by facts.genre_id
    order by movie_count desc, facts.genre_id
    limit $facet_limit

)

select
    genres.genre_id::varchar as value,
    genres.genre_name as label,
    counted.movie_count
from counted
inner join marts.dim_genres as genres on counted.genre_id = genres.genre_id
order by counted.movie_count desc, counted.genre_id
