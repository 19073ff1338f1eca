-- The returns of each director's films.
select
    returns.person_id,
    people.person_name,
    returns.movie_count,
    returns.known_return_movie_count,
    returns.total_return_ratio,
    returns.mean_return_ratio,
    returns.known_mean_return_ratio,
    returns.known_median_return_ratio,
    returns.pooled_return_ratio
from marts.fct_returns_by_director as returns
inner join marts.dim_people as people on returns.person_id = people.person_id
where
    true
    and ($movie_count_from is null or returns.movie_count >= $movie_count_from)
    and ($known_return_movie_count_from is null or returns.known_return_movie_count >= $known_return_movie_count_from)
