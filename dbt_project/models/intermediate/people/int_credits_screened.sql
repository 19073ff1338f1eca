with

records as (

    select
        *,
        case when movie_id is null then 'malformed_row' end as defect
    from {{ ref('stg_tmdb__credits') }}

),

movies as (

    select movie_id from {{ ref('int_movies_measured') }}

),

-- Among valid records of the same film, the one with the most entries wins, then the first in the file.
ranked as (

    select
        *,
        row_number() over (
            partition by movie_id, defect is null
            order by coalesce(len(cast_entries), 0) + coalesce(len(crew_entries), 0) desc, row_number
        ) as duplicate_rank
    from records

),

screened as (

    select
        *,
        case
            when defect is not null then defect
            when duplicate_rank > 1 then 'duplicate_id'
            when movie_id not in (select movies.movie_id from movies) then 'unknown_movie'
        end as rejection_reason
    from ranked

)

select
    * exclude (raw_record, defect, duplicate_rank),
    case when rejection_reason is not null then {{ record_as_json('raw_record') }} end as record_json,
    list_filter(
        [
            {{ unreadable_cell('cast', 'cast_entries') }},
            {{ unreadable_cell('crew', 'crew_entries') }}
        ],
        lambda cell: cell is not null
    ) as unreadable_cells
from screened
