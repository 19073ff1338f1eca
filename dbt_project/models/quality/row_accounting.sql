{%- set raw_files = ['tmdb__movies', 'tmdb__credits', 'tmdb__keywords', 'movielens__links', 'movielens__ratings'] -%}

with

accounts as (

    {% for raw_file in raw_files -%}
        {%- set source_name = raw_file.split('__')[1] -%}
        select
            '{{ source_name }}' as source_name,
            (select count(*) from {{ ref('base_' ~ raw_file) }}) as rows_read,
            count(*) filter (where rejection_reason is null) as rows_kept,
            count(rejection_reason) as rows_rejected
        from {{ ref('int_' ~ source_name ~ '_classified') }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    source_name,
    rows_read,
    rows_kept,
    rows_rejected
from accounts
order by source_name
