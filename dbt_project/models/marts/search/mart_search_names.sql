with

movies as (

    select * from {{ ref('dim_movies') }}

),

people as (

    select * from {{ ref('dim_people') }}

),

collections as (

    select * from {{ ref('dim_collections') }}

),

vote_totals as (

    select * from {{ ref('int_people_vote_totals') }}

),

collection_votes as (

    select
        collection_id,
        sum(tmdb_vote_count) as vote_count
    from movies
    group by collection_id

),

names as (

    {% for field, condition in [
        ('title', 'true'),
        ('original_title', 'original_title_key is distinct from title_key'),
    ] -%}
        select
            'movie' as kind,
            '{{ field }}' as matched_field,
            {{ field }} as name,
            movie_id as entity_id,
            title as entity_name,
            release_year,
            null as movie_count,
            tmdb_vote_count as vote_count,
            null as known_for_titles
        from movies
        where {{ condition }}

        union all

    {% endfor -%}
    select
        'person' as kind,
        'person_name' as matched_field,
        people.person_name as name,
        people.person_id as entity_id,
        people.person_name as entity_name,
        null as release_year,
        vote_totals.movie_count,
        vote_totals.vote_count,
        vote_totals.known_for_titles
    from people
    inner join vote_totals on people.person_id = vote_totals.person_id

    union all

    select
        'collection' as kind,
        'collection_name' as matched_field,
        collections.collection_name as name,
        collections.collection_id as entity_id,
        collections.collection_name as entity_name,
        null as release_year,
        collections.movie_count,
        collection_votes.vote_count,
        null as known_for_titles
    from collections
    left join collection_votes on collections.collection_id = collection_votes.collection_id

),

weighed as (

    select
        *,
        marts.search_key(name) as search_key,
        coalesce(ln(1 + vote_count) / nullif(max(ln(1 + vote_count)) over (partition by kind), 0), 0)
            as popularity_share
    from names
    where name is not null

)

select
    cast(row_number() over (order by popularity_share desc, kind, entity_id, matched_field desc) as integer)
        as search_name_id,
    kind,
    cast(case kind when 'movie' then entity_id end as integer) as movie_id,
    cast(case kind when 'person' then entity_id end as bigint) as person_id,
    cast(case kind when 'collection' then entity_id end as bigint) as collection_id,
    matched_field,
    name,
    entity_name,
    {{ join_list('marts.search_words(search_key)') }} as compact_key,
    cast({{ list_length('array_distinct(marts.search_words(search_key))') }} as integer) as distinct_word_count,
    marts.search_word_forms(search_key) as word_forms,
    cast(release_year as integer) as release_year,
    cast(movie_count as bigint) as movie_count,
    known_for_titles,
    cast(popularity_share as double) as popularity_share
from weighed
order by search_name_id
