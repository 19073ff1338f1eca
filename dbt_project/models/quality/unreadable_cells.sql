with

unreadable as (

    {% for cell in parsed_cells() %}
    select
        '{{ cell.source }}' as source_name,
        raw_records.row_number,
        kept.record_key,
        '{{ cell.column }}' as column_name,
        raw_records."{{ cell.column }}" as cell_text
    from {{ ref(cell.base) }} as raw_records
    inner join {{ ref('int_' ~ cell.source ~ '_kept') }} as kept on raw_records.row_number = kept.row_number
    where
        {{ known_text('raw_records."' ~ cell.column ~ '"') }} is not null
        and {{ cell.value }} is null
    {{ "union all" if not loop.last }}
    {% endfor %}

)

select
    source_name,
    row_number,
    record_key,
    column_name,
    cell_text
from unreadable
order by source_name, row_number, column_name
