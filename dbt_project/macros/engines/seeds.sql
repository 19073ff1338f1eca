{# The rows of a seed as literals. dbt-spark puts values between quotes without escaping the quotes in them. #}
{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- set rows = [] -%}
    {%- for row in agate_table.rows -%}
        {%- set cells = [] -%}
        {%- for column in agate_table.column_names -%}
            {%- set text = row[column] | string | replace('\\', '\\\\') | replace("'", "\\'") -%}
            {%- do cells.append("cast('" ~ text ~ "' as " ~ model['config']['column_types'][column] ~ ")") -%}
        {%- endfor -%}
        {%- do rows.append('(' ~ cells | join(', ') ~ ')') -%}
    {%- endfor -%}
    {%- set statement = 'insert into ' ~ this ~ ' values ' ~ rows | join(', ') -%}
    {%- do adapter.add_query(statement, abridge_sql_log=True) -%}
    {{ return(statement) }}
{%- endmacro %}
