{# The entities of each film, in the film's own order. #}
{% macro entities_by_movie(bridge, dimension, key, name) -%}
    select
        bridge.movie_id,
        list(
            struct_pack(id := bridge.{{ key }}, name := dimension.{{ name }})
            order by bridge.list_position, bridge.{{ key }}
        ) as entities
    from {{ bridge }} as bridge
    inner join {{ dimension }} as dimension on bridge.{{ key }} = dimension.{{ key }}
    group by bridge.movie_id
{%- endmacro %}
