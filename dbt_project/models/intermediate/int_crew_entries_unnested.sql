with

credits as (

    select * from {{ ref('int_credits_kept') }}

),

entries as (

    {{ unnest_entries('credits', 'crew_entries') }}

)

select
    movie_id,
    list_position,
    {{ identity('entry.id', 'entry.name') }} as person_id,
    entry.name as person_name,
    {{ read_integer('entry.gender') }} as gender_code,
    entry.profile_path,
    entry.department,
    entry.job,
    entry.credit_id
from entries
