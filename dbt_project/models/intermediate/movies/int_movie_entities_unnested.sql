{#- Role, model and list column of each kind of entity, and the expression that identifies an entry. -#}
{%- set lists = [
    ('collection', 'movies', 'collections', identity('entry.id', 'entry.name')),
    ('company', 'movies', 'companies', identity('entry.id', 'entry.name')),
    ('country', 'movies', 'countries', code_or_identity('upper(' ~ known_text('entry.iso_3166_1') ~ ')')),
    ('genre', 'movies', 'genres', identity('entry.id', 'entry.name')),
    ('keyword', 'keywords', 'keywords', identity('entry.id', 'entry.name')),
    ('spoken_language', 'movies', 'spoken_languages', code_or_identity(lower_text(known_text('entry.iso_639_1')))),
] -%}

with

movies as (

    select * from {{ ref('int_movies_measured') }}

),

keywords as (

    select * from {{ ref('int_keywords_screened') }} where rejection_reason is null

),

entries as (

    {% for role, records, list_column, id in lists -%}
        select
            movie_id,
            '{{ role }}' as entity_role,
            cast({{ id }} as string) as entity_id,
            {{ known_text('entry.name') }} as listed_name,
            list_position
        from (
            select
                movie_id,
                {{ unnest_entries(list_column) }}
            from {{ records }}
        ) as unnested

        union all

    {% endfor -%}
    select
        movie_id,
        'original_language' as entity_role,
        original_language_code as entity_id,
        null as listed_name,
        1 as list_position
    from movies

)

-- If a list names an entity twice, the first entry counts.
select
    movie_id,
    entity_role,
    case when entity_role like '%language' then 'language' else entity_role end as entity_kind,
    entity_id,
    listed_name,
    cast(list_position as integer) as list_position
from entries
where entity_id is not null
qualify row_number() over (partition by movie_id, entity_role, entity_id order by list_position) = 1
