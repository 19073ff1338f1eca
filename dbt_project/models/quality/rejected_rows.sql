{%- set raw_files = ['tmdb__movies', 'tmdb__credits', 'tmdb__keywords', 'movielens__links', 'movielens__ratings'] -%}

with

rejected as (

    {% for raw_file in raw_files -%}
        {%- set source_name = raw_file.split('__')[1] -%}
        select
            '{{ source_name }}' as source_name,
            classified.row_number,
            classified.record_key,
            classified.rejection_reason as reason,
            {{ record_as_json('raw_records') }} as record_json
        from {{ ref('int_' ~ source_name ~ '_classified') }} as classified
        inner join {{ ref('base_' ~ raw_file) }} as raw_records on classified.row_number = raw_records.row_number
        where classified.rejection_reason is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    source_name,
    row_number,
    record_key,
    reason,
    record_json
from rejected
order by source_name, row_number
