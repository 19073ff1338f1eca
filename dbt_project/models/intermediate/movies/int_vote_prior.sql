with

voted as (

    select * from {{ ref('int_movies_measured') }} where tmdb_vote_mean is not null

)

select
    coalesce(percentile_cont(0.95) within group (order by tmdb_vote_count), 0) as prior_vote_count,
    avg(tmdb_vote_mean) as prior_vote_mean
from voted
