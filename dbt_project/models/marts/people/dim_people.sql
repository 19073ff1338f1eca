with

people as (

    select * from {{ ref('int_people_merged') }}

),

actors as (

    select
        person_id,
        count(*) as cast_movie_count
    from {{ ref('fct_movie_actors') }}
    group by person_id

),

crew as (

    select
        person_id,
        count(distinct movie_id) as crew_movie_count,
        count(distinct movie_id) filter (where job = 'Director') as directed_movie_count
    from {{ ref('fct_crew_credits') }}
    group by person_id

)

select
    people.person_id,
    people.person_name,
    {{ text_key('people.person_name') }} as person_name_key,
    case people.gender_code when 1 then 'female' when 2 then 'male' when 3 then 'non-binary' end as gender,
    people.profile_path,
    people.person_id >= 0 as is_tmdb_person,
    coalesce(actors.cast_movie_count, 0) as cast_movie_count,
    coalesce(crew.crew_movie_count, 0) as crew_movie_count,
    coalesce(crew.directed_movie_count, 0) as directed_movie_count
from people
left join actors on people.person_id = actors.person_id
left join crew on people.person_id = crew.person_id
order by people.person_id
