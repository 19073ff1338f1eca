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
