-- The raw files that an evaluation needs and that were missing in the build.
select list(source_name order by source_name)
from quality.row_accounting
where source_name in ('ratings', 'links') and rows_read = 0
