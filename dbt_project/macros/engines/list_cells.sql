{#
    Reads the cells of a column that hold a list of dictionaries (or one dictionary) into a list of structs of text. A list
    of names becomes structs with a name only; so does text without brackets, if the column is read so: one name, or names
    between commas.

    Fast path: if a cell consists only of the given keys, in that order, with integers, None, and strings without
    backslashes or brackets, then DuckDB's cast reads it exactly like `ast.literal_eval`, once None is replaced by NULL.
    The replaced text `': None` cannot be part of a string, because a string in single quotes contains no quote here, and
    one in double quotes no colon.
    Exact path: any other cell is read by Python (plugins/list_cells.py).
#}
{% macro read_list(column, keys, is_one_name=false) -%}
    {{ return(adapter.dispatch('read_list')(column, keys, is_one_name)) }}
{%- endmacro %}

{% macro duckdb__read_list(column, keys, is_one_name) -%}
    {%- set cell = 'numbered.' ~ column -%}
    {%- set columns = [] -%}
    {%- set shapes = [] -%}
    {%- for key in keys -%}
        {%- do columns.append('"' ~ key ~ '" varchar') -%}
        {%- do shapes.append('"' ~ key ~ '":"VARCHAR"') -%}
    {%- endfor -%}
    {%- set text = trim_spaces(cell) -%}
    {%- set names = "[" ~ text ~ "]" if is_one_name else "regexp_split_to_array(" ~ text ~ ", ' *, *')" -%}
    {%- set list = "case when starts_with(" ~ cell ~ ", '{') then '[' || " ~ cell ~ " || ']' else " ~ cell ~ " end" -%}
    case
        when {{ cell }} is null or {{ cell }} in ({{ null_words() }}) then null
        when regexp_full_match({{ cell }}, {{ python_list_grammar(keys) }})
            then try_cast(replace({{ list }}, ''': None', ''': NULL') as struct({{ columns | join(', ') }}) [])
        when {{ is_names(column) }}
            then list_transform({{ names }}, lambda name: {{ entry_of_name(keys) }})
        when {{ is_json_list(cell) }} and json_valid({{ cell }})
            then json_transform({{ list }}, '[{ {{- shapes | join(',') -}} }]')
        else json_transform(list_cell_as_json({{ cell }}), '[{ {{- shapes | join(',') -}} }]')
    end
{%- endmacro %}

{#
    Spark's JSON reader accepts strings in single quotes. The Python function gets null for a cell of the fast path, because
    Spark calls it for every row, whichever branch of a `case` it is in.
#}
{% macro spark__read_list(column, keys, is_one_name) -%}
    {%- set cell = 'numbered.' ~ column -%}
    {%- set text = trim_spaces(cell) -%}
    {%- set names = "array(" ~ text ~ ")" if is_one_name else "split(" ~ text ~ ", ' *, *')" -%}
    {%- set grammar = python_list_grammar(keys) -%}
    {%- set type = "'array<struct<`" ~ keys | join('`: string, `') ~ "`: string>>'" -%}
    case
        when {{ cell }} is null or {{ cell }} in ({{ null_words() }}) then null
        when {{ cell }} rlike {{ grammar }}
            then from_json(
                replace(
                    case when startswith({{ cell }}, '{') then '[' || {{ cell }} || ']' else {{ cell }} end,
                    "': None", "': null"
                ),
                {{ type }},
                map('allowSingleQuotes', 'true', 'allowUnquotedControlChars', 'true')
            )
        when {{ is_names(column) }}
            then transform({{ names }}, name -> {{ entry_of_name(keys) }})
        else from_json(list_cell_as_json(case when not {{ cell }} rlike {{ grammar }} then {{ cell }} end), {{ type }})
    end
{%- endmacro %}

{# A struct of text with all keys, of which only the name is known. #}
{% macro entry_of_name(keys) -%}
    {%- set fields = {} -%}
    {%- for key in keys -%}
        {%- do fields.update({key: 'name' if key == 'name' else 'cast(null as string)'}) -%}
    {%- endfor -%}
    {{ struct_of(fields) }}
{%- endmacro %}

{# The regular expression for cells of the fast path, as a SQL literal. Keys may be missing but not reordered. #}
{% macro python_list_grammar(keys) -%}
    {{ return(adapter.dispatch('python_list_grammar')(keys)) }}
{%- endmacro %}

{% macro duckdb__python_list_grammar(keys) -%}
    {%- set grammar = python_list_pattern(keys, '') -%}
    '{{ grammar | replace("'", "''") }}'
{%- endmacro %}

{# The loops are possessive because Java's regular expressions otherwise recurse once per entry. #}
{% macro spark__python_list_grammar(keys) -%}
    {%- set grammar = '^(?:' ~ python_list_pattern(keys, '+') ~ ')\z' -%}
    '{{ grammar | replace("\\", "\\\\") | replace("'", "\\'") }}'
{%- endmacro %}

{% macro python_list_pattern(keys, possessive) -%}
    {%- set value -%}
        (?:'[^'\\{}\[\]\n\r\x00]*{{ possessive }}'|"[^":\\{}\[\]\n\r\x00]*{{ possessive }}"|-?[1-9][0-9]{0,17}|0|None)
    {%- endset -%}
    {%- set entry = [] -%}
    {%- for key in keys -%}
        {%- do entry.append(
            ("" if loop.first else "(?:, ") ~ "'" ~ key ~ "': " ~ value ~ ("" if loop.first else ")?" ~ possessive)
        ) -%}
    {%- endfor -%}
    {%- set dictionary = '\{' ~ entry | join ~ '\}' -%}
    {%- set entries = '(?:' ~ dictionary ~ '(?:, ' ~ dictionary ~ ')*' ~ possessive ~ ')?' ~ possessive -%}
    {{ return('\[' ~ entries ~ '\]|' ~ dictionary) }}
{%- endmacro %}
