-- For each measure of a film, the share of the known values that are lower.
select
    lower_budget_share as budget_usd,
    lower_revenue_share as revenue_usd,
    lower_return_share as return_ratio,
    lower_runtime_share as runtime_minutes,
    lower_vote_count_share as tmdb_vote_count,
    lower_vote_mean_share as tmdb_vote_mean,
    lower_popularity_share as tmdb_popularity
from marts.mart_movie_percentiles
where movie_id = $movie_id
