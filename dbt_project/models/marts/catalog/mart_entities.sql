{%- set entities = [
    ('collection', 'dim_collections', 'collection_id'),
    ('company', 'dim_companies', 'company_id'),
    ('country', 'dim_countries', 'country_code'),
    ('genre', 'dim_genres', 'genre_id'),
    ('keyword', 'dim_keywords', 'keyword_id'),
    ('language', 'dim_languages', 'language_code'),
] -%}

with

entities as (

    {% for kind, dimension, id in entities -%}
        select
            '{{ kind }}' as entity_kind,
            {{ 'null' if id.endswith('_code') else id }} as entity_id,
            {{ id if id.endswith('_code') else 'null' }} as entity_code,
            {{ kind }}_name as entity_name,
            {{ kind }}_name_key as entity_name_key,
            movie_count,
            {{ 'spoken_movie_count' if kind == 'language' else 'null' }} as spoken_movie_count,
            known_revenue_movie_count,
            total_revenue_usd
        from {{ ref(dimension) }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    cast(row_number() over (order by entity_kind, entity_id, entity_code) as integer) as entity_key,
    entity_kind,
    cast(entity_id as bigint) as entity_id,
    cast(entity_code as string) as entity_code,
    entity_name,
    entity_name_key,
    movie_count,
    cast(spoken_movie_count as bigint) as spoken_movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from entities
order by entity_key
