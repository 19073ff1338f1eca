-- A public table with its columns, in order.
select
    public_tables.table_schema,
    public_tables.table_name,
    public_tables.description,
    public_tables.row_count,
    public_tables.column_count,
    list(
        {
            'column_name': columns.column_name,
            'data_type': columns.data_type,
            'description': columns.comment
        }
        order by columns.column_index
    ) as columns
from public_tables
inner join duckdb_columns() as columns
    on
        public_tables.table_schema = columns.schema_name
        and public_tables.table_name = columns.table_name
        and columns.database_name = current_database()
where
    public_tables.table_schema = $table_schema
    and public_tables.table_name = $table_name
group by all
