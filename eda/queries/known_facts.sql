-- The share of films for which each fact is known.
select
    fact,
    cast(sum(movie_count) as bigint) as movie_count,
    cast(sum(known_movie_count) as bigint) as known_movie_count,
    sum(known_movie_count) / sum(movie_count) as known_movie_share
from marts.mart_eda_completeness
group by fact
order by known_movie_share desc, fact
