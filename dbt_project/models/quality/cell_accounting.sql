with

filled as (

    {% for source_name in ['movies', 'credits', 'keywords'] -%}
        {%- set last_source = loop.last -%}
        {%- for column in checked_columns(source_name) -%}
            select
                '{{ source_name }}' as source_name,
                '{{ column }}' as column_name,
                count(*) filter (where filled_cells.{{ column }}) as cell_count
            from {{ ref('int_' ~ source_name ~ '_screened') }}
            where rejection_reason is null
            {{ 'union all' if not (loop.last and last_source) }}
        {% endfor -%}
    {% endfor %}

),

unreadable as (

    select
        source_name,
        column_name,
        cell_text,
        count(*) as cell_count,
        min(row_number) as first_row_number
    from {{ ref('unreadable_cells') }}
    group by source_name, column_name, cell_text

),

columns as (

    select
        source_name,
        column_name,
        cast(sum(cell_count) as bigint) as cell_count,
        min_by(cell_text, first_row_number, 3) as example_cells
    from unreadable
    group by source_name, column_name

)

select
    filled.source_name,
    filled.column_name,
    filled.cell_count,
    coalesce(columns.cell_count, 0) as unreadable_cell_count,
    coalesce(columns.cell_count, 0) / nullif(filled.cell_count, 0) as unreadable_cell_share,
    coalesce(columns.example_cells, {{ empty_list() }}) as example_cells
from filled
left join columns on filled.source_name = columns.source_name and filled.column_name = columns.column_name
order by filled.source_name, filled.column_name
