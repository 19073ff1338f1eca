{%- set bridges = [
    ('company', 'fct_movie_companies', 'company_id'),
    ('country', 'fct_movie_countries', 'country_code'),
    ('genre', 'fct_movie_genres', 'genre_id'),
    ('keyword', 'fct_movie_keywords', 'keyword_id'),
    ('language', 'fct_movie_spoken_languages', 'language_code'),
] -%}

with

entities as (

    select * from {{ ref('mart_entities') }}

),

movie_entities as (

    {% for kind, bridge, id in bridges -%}
        select
            bridge.movie_id,
            entities.entity_kind,
            entities.entity_key,
            entities.entity_id,
            entities.entity_code,
            entities.entity_name,
            bridge.list_position
        from {{ ref(bridge) }} as bridge
        inner join entities
            on
                entities.entity_kind = '{{ kind }}'
                and entities.entity_{{ 'code' if id.endswith('_code') else 'id' }} = bridge.{{ id }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from movie_entities
order by entity_key, movie_id
