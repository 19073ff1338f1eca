{# Limits the memory of the whole run. What does not fit is spilled to a folder beside the database file. #}
{% macro set_memory_limit() -%}
    {%- set limit = env_var('FILMOTECA_BUILD_MEMORY', '') -%}
    {%- if limit -%} set memory_limit = '{{ limit }}' {%- endif -%}
{%- endmacro %}
