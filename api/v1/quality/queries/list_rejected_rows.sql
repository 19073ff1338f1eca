-- The rejected records with the first rule that each violates.
select
    source_name,
    row_number,
    record_key,
    reason,
    record_json
from quality.rejected_rows
where
    true
    and ($source is null or source_name in $source)
    and ($reason is null or reason in $reason)
    and ($key is null or record_key in $key)
