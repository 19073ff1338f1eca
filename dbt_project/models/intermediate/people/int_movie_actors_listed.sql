with

people as (

    select * from {{ ref('int_people_merged') }}

),

cast_entries as (

    select * from {{ ref('int_cast_entries_unnested') }}

),

actors as (

    select
        movie_id,
        person_id,
        min(list_position) as list_position
    from cast_entries
    where person_id is not null
    group by movie_id, person_id

)

select
    actors.movie_id,
    {{ ordered_list('actors.person_id', 'actors.list_position') }} as person_ids,
    {{ ordered_list('people.person_name', 'actors.list_position') }} as person_names
from actors
inner join people on actors.person_id = people.person_id
group by actors.movie_id
