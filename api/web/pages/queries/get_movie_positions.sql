-- Where the measures of a film stand among those of all films: the share of known values that are below its own.
select
    count(*) filter (where others.budget_usd < film.budget_usd) / count(others.budget_usd) as budget_usd,
    count(*) filter (where others.revenue_usd < film.revenue_usd) / count(others.revenue_usd) as revenue_usd,
    count(*) filter (where others.return_ratio < film.return_ratio) / count(others.return_ratio) as return_ratio,
    count(*) filter (where others.runtime_minutes < film.runtime_minutes)
    / count(others.runtime_minutes) as runtime_minutes,
    count(*) filter (where others.tmdb_vote_count < film.tmdb_vote_count)
    / count(others.tmdb_vote_count) as tmdb_vote_count,
    count(*) filter (where others.tmdb_vote_mean < film.tmdb_vote_mean)
    / count(others.tmdb_vote_mean) as tmdb_vote_mean,
    count(*) filter (where others.tmdb_popularity < film.tmdb_popularity)
    / count(others.tmdb_popularity) as tmdb_popularity
from marts.dim_movies as others
cross join (select * from marts.dim_movies where movie_id = $movie_id) as film
