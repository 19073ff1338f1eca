{{ config(materialized = 'view') }}

with

movies as (

    select * from {{ ref('int_movies_screened') }} where rejection_reason is null

)

select
    {{ columns_except(['tmdb_vote_mean']) }},
    case when tmdb_vote_count > 0 then tmdb_vote_mean end as tmdb_vote_mean,
    revenue_usd - budget_usd as profit_usd,
    revenue_usd / budget_usd as return_ratio,
    budget_usd is not null and budget_usd < 1000 as has_suspicious_budget
from movies
