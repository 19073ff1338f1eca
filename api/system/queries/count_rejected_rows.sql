-- How many raw records each rule put into quarantine.
select
    source_name,
    reason,
    count(*) as row_count
from quality.rejected_rows
group by all
order by source_name, reason
