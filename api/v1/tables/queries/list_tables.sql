-- The public tables with their descriptions and sizes.
select
    table_schema,
    table_name,
    description,
    row_count,
    column_count
from public_tables
