-- Cells of kept records that are not what their column holds, and so are unknown in every table.
select
    source_name,
    column_name,
    count(*) as cell_count
from quality.unreadable_cells
group by source_name, column_name
order by cell_count desc, source_name, column_name
