with

accounts as (

    {% for source in raw_sources() %}
    select
        '{{ source.name }}' as source_name,
        (select count(*) from {{ ref(source.base) }}) as rows_read,
        count(*) filter (where rejection_reason is null) as rows_kept,
        count(rejection_reason) as rows_rejected
    from {{ ref('int_' ~ source.name ~ '_classified') }}
    {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    source_name,
    rows_read,
    rows_kept,
    rows_rejected
from accounts
order by source_name
