{# A raw record as a JSON object. #}
{% macro record_as_json(record) -%}
    {{ return(adapter.dispatch('record_as_json')(record)) }}
{%- endmacro %}

{% macro duckdb__record_as_json(record) -%}
    cast(to_json({{ record }}) as varchar)
{%- endmacro %}

{# The column and text of a raw cell that has text but no value; null for every other cell. #}
{% macro unreadable_cell(raw_column, value) -%}
    {%- set cell = 'raw_record."' ~ raw_column ~ '"' -%}
    case
        when {{ value }} is null and {{ known_text(cell) }} is not null
            then struct_pack(column_name := '{{ raw_column }}', cell_text := {{ cell }})
    end
{%- endmacro %}
