{%- set bridges = [
    ('company', 'company', 'fct_movie_companies', 'company_id'),
    ('country', 'country', 'fct_movie_countries', 'country_code'),
    ('genre', 'genre', 'fct_movie_genres', 'genre_id'),
    ('keyword', 'keyword', 'fct_movie_keywords', 'keyword_id'),
    ('spoken_language', 'language', 'fct_movie_spoken_languages', 'language_code'),
] -%}

with

movies as (

    select * from {{ ref('dim_movies') }}

),

entities as (

    select * from {{ ref('mart_entities') }}

),

movie_entities as (

    {% for role, kind, bridge, id in bridges -%}
        select
            movie_id,
            '{{ role }}' as entity_role,
            '{{ kind }}' as entity_kind,
            {{ id }}::varchar as entity_id,
            list_position
        from {{ ref(bridge) }}

        union all

    {% endfor -%}
    select
        movie_id,
        'original_language' as entity_role,
        'language' as entity_kind,
        original_language_code as entity_id,
        1 as list_position
    from movies

    union all

    select
        movie_id,
        'collection' as entity_role,
        'collection' as entity_kind,
        collection_id::varchar as entity_id,
        1 as list_position
    from movies

)

select
    movie_entities.movie_id,
    movie_entities.entity_role,
    entities.entity_key,
    entities.entity_id,
    entities.entity_name,
    movie_entities.list_position
from movie_entities
inner join entities
    on
        movie_entities.entity_kind = entities.entity_kind
        and movie_entities.entity_id = entities.entity_id
order by movie_entities.entity_role, entities.entity_key, movie_entities.movie_id
