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

{# One row per element, in a select list. #}
{% macro unnest_list(list) -%}
    {{ return(adapter.dispatch('unnest_list')(list)) }}
{%- endmacro %}

{% macro duckdb__unnest_list(list) -%}
    unnest({{ list }})
{%- endmacro %}

{% macro spark__unnest_list(list) -%}
    explode({{ list }})
{%- endmacro %}

{# One row per integer from `least` to `most`, in a select list. #}
{% macro unnest_range(least, most) -%}
    {{ return(adapter.dispatch('unnest_range')(least, most)) }}
{%- endmacro %}

{% macro duckdb__unnest_range(least, most) -%}
    unnest(range({{ least }}, {{ most }} + 1))
{%- endmacro %}

{% macro spark__unnest_range(least, most) -%}
    explode(case when {{ most }} >= {{ least }} then sequence({{ least }}, {{ most }}) end)
{%- endmacro %}

{# One row per entry of a list, with its position from 1, as the columns list_position and entry of a select list. #}
{% macro unnest_entries(list) -%}
    {{ return(adapter.dispatch('unnest_entries')(list)) }}
{%- endmacro %}

{% macro duckdb__unnest_entries(list) -%}
    generate_subscripts({{ list }}, 1) as list_position,
    unnest({{ list }}) as entry
{%- endmacro %}

{% macro spark__unnest_entries(list) -%}
    inline(transform({{ list }}, (entry, index) -> struct(cast(index + 1 as bigint) as list_position, entry as entry)))
{%- endmacro %}

{# A struct. `fields` has an expression by name. #}
{% macro struct_of(fields) -%}
    {{ return(adapter.dispatch('struct_of')(fields)) }}
{%- endmacro %}

{% macro duckdb__struct_of(fields) -%}
    {%- set assignments = [] -%}
    {%- for name, value in fields.items() -%}
        {%- do assignments.append(name ~ ' := ' ~ value) -%}
    {%- endfor -%}
    struct_pack({{ assignments | join(', ') }})
{%- endmacro %}

{% macro spark__struct_of(fields) -%}
    {%- set columns = [] -%}
    {%- for name, value in fields.items() -%}
        {%- do columns.append(value ~ ' as ' ~ name) -%}
    {%- endfor -%}
    struct({{ columns | join(', ') }})
{%- endmacro %}
