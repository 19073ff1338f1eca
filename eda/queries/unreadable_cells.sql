-- The unreadable cells of accepted records; they are null in all tables.
select
    source_name,
    column_name,
    count(*) as cell_count
from quality.unreadable_cells
group by source_name, column_name
order by cell_count desc, source_name, column_name
