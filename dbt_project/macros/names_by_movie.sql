{# The entities of each film, in the film's own order, as two lists that run side by side. #}
{% macro names_by_movie(bridge, dimension, key, name) -%}
    select
        bridge.movie_id,
        list(bridge.{{ key }} order by bridge.list_position, bridge.{{ key }}) as entity_ids,
        list(dimension.{{ name }} order by bridge.list_position, bridge.{{ key }}) as entity_names
    from {{ bridge }} as bridge
    inner join {{ dimension }} as dimension on bridge.{{ key }} = dimension.{{ key }}
    group by bridge.movie_id
{%- endmacro %}
