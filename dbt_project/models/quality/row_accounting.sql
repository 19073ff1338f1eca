{%- set staged_models = {
    'movies': 'stg_tmdb__movies',
    'credits': 'stg_tmdb__credits',
    'keywords': 'stg_tmdb__keywords',
    'links': 'stg_movielens__links',
    'ratings': 'stg_movielens__ratings',
} -%}

with

accounts as (

    {% for source_name, staged in staged_models.items() -%}
        select
            '{{ source_name }}' as source_name,
            (select count(*) from {{ ref(staged) }}) as rows_read,
            count(*) filter (where rejection_reason is null) as rows_kept,
            count(rejection_reason) as rows_rejected
        from {{ ref('int_' ~ source_name ~ '_screened') }}
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
