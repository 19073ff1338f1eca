{#
    What a contracted table is created with. A model with `meta: {compression: …}` is stored so in every column:
    uncompressed where single rows are read by an index, since of a compressed column a whole block is decoded for each.
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
