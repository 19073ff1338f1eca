-- The rejected raw records, by file and reason.
select
    accounts.source_name,
    rejected.reason,
    count(*) as row_count,
    accounts.rows_rejected,
    accounts.rows_read,
    (select cast(sum(rows_read) as bigint) from quality.row_accounting) as total_rows_read
from quality.rejected_rows as rejected
inner join quality.row_accounting as accounts on rejected.source_name = accounts.source_name
group by accounts.source_name, rejected.reason, accounts.rows_rejected, accounts.rows_read
order by row_count desc, accounts.source_name, rejected.reason
