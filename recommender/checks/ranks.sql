-- Ranks follow score and id, scores are in (0, 1], and no film is its own neighbor.
with ranked as (
    select
        neighbor_rank,
        score > 0 and score <= 1 and movie_id <> neighbor_movie_id as is_valid,
        row_number() over (partition by movie_id order by score desc, neighbor_movie_id) as expected_rank
    from recommender.neighbors
)

select count(*)
from ranked
where not is_valid or neighbor_rank <> expected_rank
