{# A raw record as one JSON object, without the number that the scan gave it. #}
{% macro record_as_json(record) -%}
    {{ return(adapter.dispatch('record_as_json')(record)) }}
{%- endmacro %}

{% macro duckdb__record_as_json(record) -%}
    cast(json_merge_patch(to_json({{ record }}), '{"row_number": null}') as varchar)
{%- endmacro %}
