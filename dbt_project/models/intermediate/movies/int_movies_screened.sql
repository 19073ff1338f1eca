with

records as (

    select
        *,
        case
            when movie_id is null then 'malformed_row'
            when movie_id < 1 then 'invalid_id'
            when release_date_text is null then 'missing_release_date'
            when release_date is null then 'invalid_release_date'
        end as defect
    from {{ ref('stg_tmdb__movies') }}

),

-- Among valid records of the same film, the one with the most votes wins, then the first in the file.
ranked as (

    select
        *,
        row_number() over (
            partition by movie_id, defect is null
            order by coalesce(tmdb_vote_count, 0) desc, row_number
        ) as duplicate_rank
    from records

),

screened as (

    select
        *,
        case
            when defect is not null then defect
            when duplicate_rank > 1 then 'duplicate_id'
        end as rejection_reason
    from ranked

)

select
    {{ columns_except(['raw_record', 'defect', 'duplicate_rank']) }},
    case when rejection_reason is not null then {{ record_as_json('raw_record') }} end as record_json,
    {{ unreadable_cells('movies') }} as unreadable_cells,
    {{ filled_cells('movies') }} as filled_cells
from screened
