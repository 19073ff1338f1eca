-- Amounts are positive or null, and means are within their scales.
select movie_id
from {{ ref('dim_movies') }}
where
    budget_usd <= 0
    or revenue_usd <= 0
    or runtime_minutes <= 0
    or return_ratio <= 0
    or not {{ is_finite('return_ratio') }}
    or tmdb_vote_count < 0
    or tmdb_vote_mean not between 0 and 10
    or (coalesce(tmdb_vote_count, 0) = 0 and tmdb_vote_mean is not null)
