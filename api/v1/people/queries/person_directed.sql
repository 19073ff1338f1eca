-- The films that a person directed, newest first.
select
    movies.movie_id,
    movies.imdb_id,
    movies.title,
    movies.release_date,
    movies.release_year,
    movies.tmdb_vote_count,
    movies.tmdb_vote_mean,
    movies.return_ratio
from marts.fct_movie_directors as directors
inner join marts.dim_movies as movies on directors.movie_id = movies.movie_id
where directors.person_id = $person_id
order by movies.release_date desc, movies.movie_id
