with

{% for source in raw_sources() %}
{{ source.name }} as (

    select
        '{{ source.name }}' as source_name,
        classified.row_number,
        classified.record_key,
        classified.rejection_reason as reason,
        {{ record_as_json('raw_records') }} as record_json
    from {{ ref('int_' ~ source.name ~ '_classified') }} as classified
    inner join {{ ref(source.base) }} as raw_records on classified.row_number = raw_records.row_number
    where classified.rejection_reason is not null

),

{% endfor %}
rejected as (

    {% for source in raw_sources() %}
    select * from {{ source.name }}
    {{ "union all" if not loop.last }}
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
