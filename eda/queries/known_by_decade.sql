-- The share of films for which each fact is known, by decade.
select
    fact,
    release_decade,
    movie_count,
    known_movie_count,
    known_movie_share,
    sum(known_movie_count) over (partition by fact) / sum(movie_count) over (partition by fact) as total_movie_share
from marts.mart_eda_completeness
where movie_count >= (select sum(movie_count) from marts.fct_releases_by_decade) / 1000
order by total_movie_share desc, fact, release_decade
