-- The films that a person acted in with the roles, newest first.
with

roles as (

    select
        movie_id,
        coalesce(
            list(character_name order by list_position)
            filter (where character_name != ''),
            []
        ) as character_names,
        min(billing_order) as billing_order
    from marts.fct_cast_credits
    where person_id = $person_id
    group by movie_id

)

select
    movies.movie_id,
    movies.imdb_id,
    movies.title,
    movies.release_date,
    movies.release_year,
    movies.tmdb_vote_count,
    movies.tmdb_vote_mean,
    movies.return_ratio,
    roles.character_names,
    roles.billing_order
from roles
inner join marts.dim_movies as movies on roles.movie_id = movies.movie_id
order by movies.release_date desc, movies.movie_id
