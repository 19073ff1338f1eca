with

records as (

    select
        *,
        case when movie_id is null then 'malformed_row' end as defect
    from {{ ref('stg_tmdb__keywords') }}

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
            order by coalesce({{ list_length('keywords') }}, 0) desc, row_number
        ) as duplicate_rank
    from records

),

screened as (

    select
        *,
        case
            when defect is not null then defect
            when duplicate_rank > 1 then 'duplicate_id'
            when not exists (select 1 from movies where movies.movie_id = ranked.movie_id) then 'unknown_movie'
        end as rejection_reason
    from ranked

)

select
    {{ columns_except(['raw_record', 'defect', 'duplicate_rank']) }},
    case when rejection_reason is not null then {{ record_as_json('raw_record') }} end as record_json,
    {{ unreadable_cells('keywords') }} as unreadable_cells,
    {{ filled_cells('keywords') }} as filled_cells
from screened
