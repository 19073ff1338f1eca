-- The films on which a person had jobs other than director, newest first.
with

work as (

    select
        movie_id,
        list({ 'department': department, 'job': job } order by list_position) as jobs
    from marts.fct_crew_credits
    where person_id = $person_id and job is distinct from 'Director'
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
    work.jobs
from work
inner join marts.dim_movies as movies on work.movie_id = movies.movie_id
order by movies.release_date desc, movies.movie_id
