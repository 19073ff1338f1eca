{#- The cell that a record is rejected for. -#}
{%- set rejected_cells = {
    'movies': "case when rejection_reason = 'invalid_release_date' then release_date_text else record_key end",
    'credits': 'record_key',
    'keywords': 'record_key',
    'links': 'coalesce(movie_id_text, record_key)',
    'ratings': 'record_key',
} -%}

with

rejected as (

    {% for source_name, rejected_cell in rejected_cells.items() -%}
        select
            '{{ source_name }}' as source_name,
            rejection_reason as reason,
            {{ rejected_cell }} as cell_text,
            row_number
        from {{ ref('int_' ~ source_name ~ '_screened') }}
        where rejection_reason is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

cells as (

    select
        source_name,
        reason,
        cell_text,
        count(*) as row_count,
        min(row_number) as first_row_number
    from rejected
    group by source_name, reason, cell_text

),

reasons as (

    select
        source_name,
        reason,
        cast(sum(row_count) as bigint) as row_count,
        min_by(cell_text, first_row_number, 3) as example_cells
    from cells
    group by source_name, reason

)

select
    reasons.source_name,
    reasons.reason,
    reasons.row_count,
    reasons.row_count / accounts.rows_read as row_share,
    reasons.example_cells
from reasons
inner join {{ ref('row_accounting') }} as accounts on reasons.source_name = accounts.source_name
order by reasons.source_name, reasons.row_count desc, reasons.reason
