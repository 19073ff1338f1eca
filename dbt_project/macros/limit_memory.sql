{# Of all connections of the run. What does not fit lies in a folder beside the file being built, and goes with it. #}
{% macro limit_memory() -%}
    {%- set limit = env_var('FILMOTECA_BUILD_MEMORY', '') -%}
    {%- if limit -%} set memory_limit = '{{ limit }}' {%- endif -%}
{%- endmacro %}
