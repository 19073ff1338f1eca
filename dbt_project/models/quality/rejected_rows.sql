with

rejected as (

    {% for source_name in ['movies', 'credits', 'keywords', 'links', 'ratings'] -%}
        select
            '{{ source_name }}' as source_name,
            row_number,
            record_key,
            rejection_reason as reason,
            record_json
        from {{ ref('int_' ~ source_name ~ '_screened') }}
        where rejection_reason is not null
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
