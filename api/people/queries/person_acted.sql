-- The films that a person acted in, the newest first, with all roles of each.
select
    movies.movie_id,
    movies.imdb_id,
    movies.title,
    movies.release_date,
    movies.release_year,
    movies.tmdb_vote_count,
    movies.tmdb_vote_mean,
    movies.return_ratio,
    coalesce(
        list(credits.character_name order by credits.list_position, credits.movie_id)
        filter (where credits.character_name != ''),
        []
    ) as character_names,
    min(credits.billing_order) as billing_order
from marts.fct_cast_credits as credits
inner join marts.dim_movies as movies on credits.movie_id = movies.movie_id
where credits.person_id = $person_id
group by all
order by movies.release_date desc, movies.movie_id
