-- Rows read = rows kept + rows rejected, and quality.rejected_rows has exactly the rejected ones.
with

accounts as (

    select * from {{ ref('row_accounting') }}

),

quarantined as (

    select
        source_name,
        count(*) as row_count
    from {{ ref('rejected_rows') }}
    group by source_name

)

select accounts.*
from accounts
left join quarantined on accounts.source_name = quarantined.source_name
where
    accounts.rows_read != accounts.rows_kept + accounts.rows_rejected
    or accounts.rows_rejected != coalesce(quarantined.row_count, 0)
