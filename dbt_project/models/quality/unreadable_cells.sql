with

checked as (

    {% for source_name in ['movies', 'credits', 'keywords'] -%}
        select
            '{{ source_name }}' as source_name,
            row_number,
            record_key,
            {{ unnest_list('unreadable_cells') }} as cell
        from {{ ref('int_' ~ source_name ~ '_screened') }}
        where rejection_reason is null
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    source_name,
    row_number,
    record_key,
    cell.column_name,
    cell.cell_text
from checked
order by source_name, row_number, cell.column_name
