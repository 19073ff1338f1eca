-- The returns of the films that a person acted in, by policy for films that the person also directed.
select
    director_policy,
    movie_count,
    excluded_directed_movie_count,
    known_return_movie_count,
    total_return_ratio,
    mean_return_ratio,
    known_mean_return_ratio,
    known_median_return_ratio,
    pooled_return_ratio
from marts.fct_returns_by_actor
where person_id = $person_id
order by director_policy, person_id
