-- A table, since the lists of a million films take gigabytes until a statement ends.
with

billed_actors as (

    select
        movie_id,
        person_id,
        min(list_position) as list_position
    from {{ ref('int_cast_entries_unnested') }}
    where person_id is not null
    group by movie_id, person_id

)

{{ entities_by_movie('billed_actors', ref('int_people_merged'), 'person_id', 'person_name') }}
