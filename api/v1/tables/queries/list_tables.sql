-- The public tables, with what a row of each is.
select
    table_schema,
    table_name,
    description,
    row_count,
    column_count
from public_tables
