{%- set defect -%}
        case
            when movie_id is null then 'malformed_row'
            when release_date_text is null then 'missing_release_date'
            when release_date is null then 'invalid_release_date'
        end
{%- endset -%}

{{ classify_records(
    staged = ref('stg_tmdb__movies'),
    defect = defect,
    key = 'movie_id',
    best_first = 'coalesce(tmdb_vote_count, 0)'
) }}
