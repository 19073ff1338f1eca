-- The returns of the films that a person directed.
select
    movie_count,
    known_return_movie_count,
    total_return_ratio,
    mean_return_ratio,
    known_mean_return_ratio,
    known_median_return_ratio,
    pooled_return_ratio
from marts.fct_returns_by_director
where person_id = $person_id
