with

movies as (

    select * from {{ ref('dim_movies') }}

),

people as (

    select * from {{ ref('dim_people') }}

),

entities as (

    select * from {{ ref('mart_entities') }}

),

people_lists as (

    select * from {{ ref('int_movie_people_listed') }}

),

vote_totals as (

    select * from {{ ref('int_people_vote_totals') }}

),

votes as (

    select * from {{ ref('int_entity_vote_totals') }}

),

documents as (

    select
        'movie' as kind,
        movies.movie_id as entity_id,
        coalesce(movies.title, movies.original_title) as name,
        null as entity_code,
        case when movies.original_title != movies.title then movies.original_title end as original_title,
        people_lists.people_names,
        movies.release_year,
        movies.collection_name,
        case
            when movies.collection_id is not null
                then
                    row_number() over (
                        partition by movies.collection_id order by movies.release_date nulls last, movies.movie_id
                    )
        end as collection_position,
        null as movie_count,
        null as known_for_titles,
        movies.tmdb_vote_count as vote_count
    from movies
    left join people_lists on movies.movie_id = people_lists.movie_id

    union all

    select
        'person' as kind,
        people.person_id as entity_id,
        people.person_name as name,
        null as entity_code,
        null as original_title,
        null as people_names,
        null as release_year,
        null as collection_name,
        null as collection_position,
        vote_totals.movie_count,
        vote_totals.known_for_titles,
        vote_totals.vote_count
    from people
    inner join vote_totals on people.person_id = vote_totals.person_id

    union all

    select
        entities.entity_kind as kind,
        coalesce(entities.entity_id, entities.entity_key) as entity_id,
        coalesce(entities.entity_name, entities.entity_code) as name,
        entities.entity_code,
        null as original_title,
        null as people_names,
        null as release_year,
        null as collection_name,
        null as collection_position,
        entities.movie_count,
        null as known_for_titles,
        votes.vote_count
    from entities
    left join votes
        on
            entities.entity_kind = votes.entity_kind
            and coalesce(entities.entity_code, cast(entities.entity_id as string)) = votes.entity_id

)

select
    kind,
    cast(entity_id as bigint) as entity_id,
    name,
    cast(entity_code as string) as entity_code,
    original_title,
    people_names,
    cast(release_year as integer) as release_year,
    collection_name,
    cast(collection_position as integer) as collection_position,
    cast(movie_count as bigint) as movie_count,
    known_for_titles,
    cast(coalesce(vote_count, 0) as double) as vote_count
from documents
where name is not null
order by kind, entity_id
