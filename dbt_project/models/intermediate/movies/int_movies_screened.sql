with

records as (

    select
        *,
        case
            when movie_id is null then 'malformed_row'
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
    {{ unreadable_cells([
        ('belongs_to_collection', 'collections'),
        ('genres', 'genres'),
        ('production_companies', 'companies'),
        ('production_countries', 'countries'),
        ('spoken_languages', 'spoken_languages'),
        ('budget', known_or_zero('budget_usd', 'raw_record.budget')),
        ('revenue', known_or_zero('revenue_usd', 'raw_record.revenue')),
        ('runtime', known_or_zero('runtime_minutes', 'raw_record.runtime')),
        ('popularity', 'tmdb_popularity'),
        ('vote_count', 'tmdb_vote_count'),
        ('vote_average', 'tmdb_vote_mean'),
        ('adult', 'is_adult'),
        ('video', 'is_video'),
    ]) }} as unreadable_cells
from screened
