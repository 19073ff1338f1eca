with

movies as (

    select * from {{ ref('dim_movies') }}

),

-- Unknown values are sorted last, so that a rank counts only films with a lower value.
ranked as (

    select
        *,
        rank() over (order by budget_usd nulls last) as budget_rank,
        rank() over (order by revenue_usd nulls last) as revenue_rank,
        rank() over (order by return_ratio nulls last) as return_rank,
        rank() over (order by runtime_minutes nulls last) as runtime_rank,
        rank() over (order by tmdb_vote_count nulls last) as vote_count_rank,
        rank() over (order by tmdb_vote_mean nulls last) as vote_mean_rank,
        rank() over (order by tmdb_popularity nulls last) as popularity_rank
    from movies

)

select
    movie_id,
    if(budget_usd is null, null, (budget_rank - 1) / count(budget_usd) over ()) as lower_budget_share,
    if(revenue_usd is null, null, (revenue_rank - 1) / count(revenue_usd) over ()) as lower_revenue_share,
    if(return_ratio is null, null, (return_rank - 1) / count(return_ratio) over ()) as lower_return_share,
    if(runtime_minutes is null, null, (runtime_rank - 1) / count(runtime_minutes) over ()) as lower_runtime_share,
    if(tmdb_vote_count is null, null, (vote_count_rank - 1) / count(tmdb_vote_count) over ()) as lower_vote_count_share,
    if(tmdb_vote_mean is null, null, (vote_mean_rank - 1) / count(tmdb_vote_mean) over ()) as lower_vote_mean_share,
    if(tmdb_popularity is null, null, (popularity_rank - 1) / count(tmdb_popularity) over ()) as lower_popularity_share
from ranked
order by movie_id
