{#
    One row per film and entity of a list of the film; of an entity that stands twice in one list, the first entry.
    `id` and `name` are expressions over `entry`, an element of the list `list_column`.
#}
{% macro unnest_movie_list(movies, list_column, entity_key, id, name, entity_name) -%}
with

movies as (

    select * from {{ movies }}

),

entries as (

    {{ unnest_entries('movies', list_column) }}

),

identified as (

    select
        movie_id,
        list_position,
        {{ id }} as {{ entity_key }},
        {{ name }} as {{ entity_name }}
    from entries

)

select *
from identified
where {{ entity_key }} is not null
qualify row_number() over (partition by movie_id, {{ entity_key }} order by list_position) = 1
{%- endmacro %}
