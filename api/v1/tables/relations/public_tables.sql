-- The public tables. Their estimated size is exact, because nothing is deleted from a published file.
select
    schema_name as table_schema,
    table_name,
    comment as description,
    estimated_size as row_count,
    column_count
from duckdb_tables()
where
    database_name = current_database()
    and schema_name in ('marts', 'quality', 'recommender', 'search')
