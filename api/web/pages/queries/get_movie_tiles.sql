-- Films in the order of a list of ids, with their directors.
with

requested as (

    select
        generate_subscripts($movie_id, 1) as list_position,
        unnest($movie_id) as movie_id

),

directed as (

    select
        directors.movie_id,
        list(people.person_name order by people.person_name, people.person_id) as director_names
    from marts.fct_movie_directors as directors
    inner join marts.dim_people as people on directors.person_id = people.person_id
    where directors.movie_id in $movie_id
    group by directors.movie_id

)

select
    movies.movie_id,
    movies.title,
    movies.release_year,
    movies.tmdb_vote_mean,
    coalesce(directed.director_names, []) as director_names
from requested
inner join marts.dim_movies as movies on requested.movie_id = movies.movie_id
left join directed on requested.movie_id = directed.movie_id
order by requested.list_position
