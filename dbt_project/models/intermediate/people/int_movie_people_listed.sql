{%- set cast_size = 15 -%}

with

people as (

    select * from {{ ref('int_people_merged') }}

),

credits as (

    select
        movie_id,
        person_id,
        min(0) as list_position
    from {{ ref('int_crew_entries_unnested') }}
    where job = 'Director' and person_id is not null
    group by movie_id, person_id

    union all

    select
        movie_id,
        person_id,
        min(list_position) as list_position
    from {{ ref('int_cast_entries_unnested') }}
    where list_position <= {{ cast_size }} and person_id is not null
    group by movie_id, person_id

)

select
    credits.movie_id,
    {{ ordered_list(
        'people.person_name', struct_of({'list_position': 'credits.list_position', 'person_id': 'people.person_id'})
    ) }} as people_names
from credits
inner join people on credits.person_id = people.person_id
where people.person_name is not null
group by credits.movie_id
