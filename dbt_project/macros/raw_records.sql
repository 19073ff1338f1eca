{#
    A list of the raw cells that have text but no value, each a struct of column_name and cell_text. `columns` has the raw
    column and the value that was read from it.
#}
{% macro unreadable_cells(columns) -%}
    {%- set cells = [] -%}
    {%- for raw_column, value in columns -%}
        {%- set cell = 'raw_record.' ~ raw_column -%}
        {%- do cells.append(
            'case when ' ~ value ~ ' is null and ' ~ known_text(cell) ~ ' is not null then '
            ~ struct_of({'column_name': "'" ~ raw_column ~ "'", 'cell_text': cell}) ~ ' end'
        ) -%}
    {%- endfor -%}
    {{ list_without_nulls(cells) }}
{%- endmacro %}
