-- The returns of each actor's films, with or without those that the actor also directed.
select
    returns.person_id,
    people.person_name,
    returns.director_policy,
    returns.movie_count,
    returns.excluded_directed_movie_count,
    returns.known_return_movie_count,
    returns.total_return_ratio,
    returns.mean_return_ratio,
    returns.known_mean_return_ratio,
    returns.known_median_return_ratio,
    returns.pooled_return_ratio
from marts.fct_returns_by_actor as returns
inner join marts.dim_people as people on returns.person_id = people.person_id
where
    returns.director_policy = $director_policy
    and ($movie_count_from is null or returns.movie_count >= $movie_count_from)
    and ($known_return_movie_count_from is null or returns.known_return_movie_count >= $known_return_movie_count_from)
