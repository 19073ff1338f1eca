{# The position of a raw record in its file, from 1. On Spark, the raw tables have it as their last column. #}
{% macro record_number(source) -%}
    {{ return(adapter.dispatch('record_number')(source)) }}
{%- endmacro %}

{% macro duckdb__record_number(source) -%}
    row_number() over ()
{%- endmacro %}

{% macro spark__record_number(source) -%}
    {{ source }}.record_number
{%- endmacro %}

{# A raw record as a struct of text. #}
{% macro raw_record(source) -%}
    {{ return(adapter.dispatch('raw_record')(source)) }}
{%- endmacro %}

{% macro duckdb__raw_record(source) -%}
    {{ source }}
{%- endmacro %}

{% macro spark__raw_record(source) -%}
    struct({{ source }}.* except (record_number))
{%- endmacro %}

{# A raw record as a JSON object. #}
{% macro record_as_json(record) -%}
    {{ return(adapter.dispatch('record_as_json')(record)) }}
{%- endmacro %}

{% macro duckdb__record_as_json(record) -%}
    cast(to_json({{ record }}) as varchar)
{%- endmacro %}

{% macro spark__record_as_json(record) -%}
    to_json({{ record }}, map('ignoreNullFields', 'false'))
{%- endmacro %}

{# All columns but the given ones, in a select list. #}
{% macro columns_except(columns) -%}
    {{ return(adapter.dispatch('columns_except')(columns)) }}
{%- endmacro %}

{% macro duckdb__columns_except(columns) -%}
    * exclude ({{ columns | join(', ') }})
{%- endmacro %}

{% macro spark__columns_except(columns) -%}
    * except ({{ columns | join(', ') }})
{%- endmacro %}
