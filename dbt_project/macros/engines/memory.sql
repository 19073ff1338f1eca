{# Limits the memory of the whole run in DuckDB. What does not fit is spilled to a folder beside the database file. #}
{% macro set_memory_limit() -%}
    {{ return(adapter.dispatch('set_memory_limit')()) }}
{%- endmacro %}

{% macro duckdb__set_memory_limit() -%}
    {%- set limit = env_var('FILMOTECA_BUILD_MEMORY', '') -%}
    {%- if limit -%} set memory_limit = '{{ limit }}' {%- endif -%}
{%- endmacro %}

{# The memory of Spark's processes is set when they start. #}
{% macro spark__set_memory_limit() -%}
{%- endmacro %}
