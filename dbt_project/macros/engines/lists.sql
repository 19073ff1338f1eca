{# An empty list, of whatever type the context needs. #}
{% macro empty_list() -%}
    {{ return(adapter.dispatch('empty_list')()) }}
{%- endmacro %}

{% macro duckdb__empty_list() -%}
    []
{%- endmacro %}

{% macro spark__empty_list() -%}
    array()
{%- endmacro %}

{# The values that are not null, as a list. #}
{% macro list_without_nulls(values) -%}
    {{ return(adapter.dispatch('list_without_nulls')(values)) }}
{%- endmacro %}

{% macro duckdb__list_without_nulls(values) -%}
    list_filter([{{ values | join(', ') }}], lambda value: value is not null)
{%- endmacro %}

{% macro spark__list_without_nulls(values) -%}
    array_compact(array({{ values | join(', ') }}))
{%- endmacro %}

{# The values of a group as a list, in the order of another expression, which must be distinct. #}
{% macro ordered_list(value, position) -%}
    {{ return(adapter.dispatch('ordered_list')(value, position)) }}
{%- endmacro %}

{# Takes half the time of `list(… order by …)`. #}
{% macro duckdb__ordered_list(value, position) -%}
    list_transform(
        list_sort(list({{ struct_of({'sort_key': position, 'value': value}) }})),
        lambda entry: struct_extract(entry, 'value')
    )
{%- endmacro %}

{% macro spark__ordered_list(value, position) -%}
    array_sort(collect_list({{ struct_of({'sort_key': position, 'value': value}) }})).value
{%- endmacro %}

{% macro list_length(list) -%}
    {{ return(adapter.dispatch('list_length')(list)) }}
{%- endmacro %}

{% macro duckdb__list_length(list) -%}
    len({{ list }})
{%- endmacro %}

{% macro spark__list_length(list) -%}
    array_size({{ list }})
{%- endmacro %}

{# The texts of a list, without a separator. #}
{% macro join_list(list) -%}
    {{ return(adapter.dispatch('join_list')(list)) }}
{%- endmacro %}

{% macro duckdb__join_list(list) -%}
    array_to_string({{ list }}, '')
{%- endmacro %}

{% macro spark__join_list(list) -%}
    array_join({{ list }}, '')
{%- endmacro %}

{# A struct. `fields` has an expression by name. #}
{% macro struct_of(fields) -%}
    {{ return(adapter.dispatch('struct_of')(fields)) }}
{%- endmacro %}

{% macro duckdb__struct_of(fields) -%}
    {%- set assignments = [] -%}
    {%- for name, value in fields.items() -%}
        {%- do assignments.append('"' ~ name ~ '" := ' ~ value) -%}
    {%- endfor -%}
    struct_pack({{ assignments | join(', ') }})
{%- endmacro %}

{% macro spark__struct_of(fields) -%}
    {%- set columns = [] -%}
    {%- for name, value in fields.items() -%}
        {%- do columns.append(value ~ ' as `' ~ name ~ '`') -%}
    {%- endfor -%}
    struct({{ columns | join(', ') }})
{%- endmacro %}
