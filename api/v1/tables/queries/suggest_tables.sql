-- The public tables whose names are most similar to $table_name, best first.
select table_schema || '.' || table_name as name
from public_tables
where similarity(table_name, lower($table_name)) >= 0.8
order by similarity(table_name, lower($table_name)) desc, table_schema, table_name
limit 5
