{# The schema of a model is the configured name, without the prefix that dbt adds by default. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
