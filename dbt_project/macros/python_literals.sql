{#
    Reads a cell that holds a Python list of dictionaries (or one dictionary) into a list of structs of text.

    Fast path: a cell that is wholly made of the given keys, in that order, with whole numbers, None, and strings
    without backslash or bracket, is one that DuckDB's own cast reads exactly as `ast.literal_eval` does once None is
    written NULL. A value stands behind `': `, which no string of the fast path contains: one in single quotes holds
    no quote, one in double quotes no colon.
    Exact path: any other cell goes to `ast.literal_eval` itself (plugins/python_literals.py).
#}
{% macro read_python_list(cell, keys) -%}
    {{ return(adapter.dispatch('read_python_list')(cell, keys)) }}
{%- endmacro %}

{% macro duckdb__read_python_list(cell, keys) -%}
    {%- set columns = [] -%}
    {%- set shapes = [] -%}
    {%- for key in keys -%}
        {%- do columns.append('"' ~ key ~ '" varchar') -%}
        {%- do shapes.append('"' ~ key ~ '":"VARCHAR"') -%}
    {%- endfor -%}
    case
        when {{ cell }} is null then null
        when regexp_full_match({{ cell }}, {{ python_list_grammar(keys) }})
            then try_cast(
                replace(
                    case when starts_with({{ cell }}, '{') then '[' || {{ cell }} || ']' else {{ cell }} end,
                    ''': None', ''': NULL'
                )
                as struct({{ columns | join(', ') }}) []
            )
        else json_transform(python_literal_as_json({{ cell }}), '[{ {{- shapes | join(',') -}} }]')
    end
{%- endmacro %}

{# The cells of the fast path, as a regular expression in SQL quotes: keys may be missing at will, not reordered. #}
{% macro python_list_grammar(keys) -%}
    {%- set value -%}
        (?:'[^'\\{}\[\]\n\r\x00]*'|"[^":\\{}\[\]\n\r\x00]*"|-?[1-9][0-9]{0,17}|0|None)
    {%- endset -%}
    {%- set entry = [] -%}
    {%- for key in keys -%}
        {%- do entry.append(("" if loop.first else "(?:, ") ~ "'" ~ key ~ "': " ~ value ~ ("" if loop.first else ")?")) -%}
    {%- endfor -%}
    {%- set dictionary = '\{' ~ entry | join ~ '\}' -%}
    {%- set grammar = '\[(?:' ~ dictionary ~ '(?:, ' ~ dictionary ~ ')*)?\]|' ~ dictionary -%}
    '{{ grammar | replace("'", "''") }}'
{%- endmacro %}
