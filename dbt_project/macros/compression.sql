{#
    The column definitions of a table with a contract. `meta: {compression: …}` in a model sets the compression of every
    column: uncompressed for tables whose rows are read one by one through an index, because DuckDB decodes a whole block
    of a compressed column for each row.
#}
{% macro duckdb__get_table_columns_and_constraints() %}
    {%- set compression = config.get('meta', {}).get('compression') -%}
    {%- set columns = adapter.render_raw_columns_constraints(raw_columns=model['columns']) -%}
    {%- set constraints = adapter.render_raw_model_constraints(raw_constraints=model['constraints']) -%}
    (
    {%- for column in columns %}
        {{ column }}{{ ' using compression ' ~ compression if compression }}{{ ',' if constraints or not loop.last }}
    {%- endfor %}
    {%- for constraint in constraints %}
        {{ constraint }}{{ ',' if not loop.last }}
    {%- endfor %}
    )
{% endmacro %}
