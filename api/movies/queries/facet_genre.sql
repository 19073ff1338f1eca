-- Films under the filters in force, by genre.
select
    genres.genre_id::varchar as value,
    genres.genre_name as label,
    count(*) as movie_count
from matching_movies
inner join marts.fct_movie_genres as facts on matching_movies.movie_id = facts.movie_id
inner join marts.dim_genres as genres on facts.genre_id = genres.genre_id
group by genres.genre_id, genres.genre_name
order by movie_count desc, genres.genre_id
limit $facet_limit
