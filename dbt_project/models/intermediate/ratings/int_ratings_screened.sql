with

links as (

    select * from {{ ref('int_links_screened') }} where rejection_reason is null

),

ratings as (

    select
        *,
        case
            when user_id is null or movielens_movie_id is null then 'malformed_row'
            when movielens_rating is null or movielens_rating not between 0.5 and 5 then 'malformed_row'
        end as defect
    from {{ ref('stg_movielens__ratings') }}

),

-- Among valid ratings of one user for the same film, the latest wins, then the first in the file.
ranked as (

    select
        ratings.*,
        links.movie_id,
        row_number() over (
            partition by ratings.user_id, ratings.movielens_movie_id, ratings.defect is null
            order by ratings.rated_at desc nulls last, ratings.row_number
        ) as duplicate_rank
    from ratings
    left join links on ratings.movielens_movie_id = links.movielens_movie_id

),

screened as (

    select
        *,
        case
            when defect is not null then defect
            when duplicate_rank > 1 then 'duplicate_id'
            when movie_id is null then 'unknown_movie'
        end as rejection_reason
    from ranked

)

select
    {{ columns_except(['raw_record', 'defect', 'duplicate_rank']) }},
    case when rejection_reason is not null then {{ record_as_json('raw_record') }} end as record_json
from screened
