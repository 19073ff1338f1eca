-- The films on which a person did something behind the camera other than direct, the newest first, with all jobs.
select
    movies.movie_id,
    movies.imdb_id,
    movies.title,
    movies.release_date,
    movies.release_year,
    movies.tmdb_vote_count,
    movies.tmdb_vote_mean,
    movies.return_ratio,
    list(
        { 'department': credits.department, 'job': credits.job }
        order by credits.list_position, credits.movie_id
    ) as jobs
from marts.fct_crew_credits as credits
inner join marts.dim_movies as movies on credits.movie_id = movies.movie_id
where credits.person_id = $person_id and credits.job is distinct from 'Director'
group by all
order by movies.release_date desc, movies.movie_id
