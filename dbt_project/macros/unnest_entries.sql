{# One row per entry of a list of each film, with its place in the list, from 1. #}
{% macro unnest_entries(movies, list_column) -%}
    select
        movie_id,
        generate_subscripts({{ list_column }}, 1) as list_position,
        unnest({{ list_column }}) as entry
    from {{ movies }}
{%- endmacro %}
