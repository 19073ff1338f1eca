-- The cells that are null in the marts because they do not have the type of their column.
select
    source_name,
    row_number,
    record_key,
    column_name,
    cell_text
from quality.unreadable_cells
where
    true
    and ($source is null or source_name in $source)
    and ($column is null or column_name in $column)
    and ($key is null or record_key in $key)
