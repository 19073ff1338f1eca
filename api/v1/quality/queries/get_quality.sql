-- The records read, accepted and rejected per raw file, with the reasons.
with

reasons as (

    select
        source_name,
        reason,
        count(*) as row_count
    from quality.rejected_rows
    group by source_name, reason

),

rejected as (

    select
        source_name,
        list({ 'reason': reason, 'row_count': row_count } order by row_count desc, reason) as reasons
    from reasons
    group by source_name

),

unreadable as (

    select
        source_name,
        count(*) as unreadable_cell_count
    from quality.unreadable_cells
    group by source_name

)

select
    accounts.source_name,
    accounts.rows_read,
    accounts.rows_kept,
    accounts.rows_rejected,
    coalesce(rejected.reasons, []) as reasons,
    coalesce(unreadable.unreadable_cell_count, 0) as unreadable_cell_count
from quality.row_accounting as accounts
left join rejected on accounts.source_name = rejected.source_name
left join unreadable on accounts.source_name = unreadable.source_name
order by accounts.source_name
