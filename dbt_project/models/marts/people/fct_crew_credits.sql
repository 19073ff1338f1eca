with

entries as (

    select * from {{ ref('int_crew_entries_unnested') }}

)

select
    movie_id,
    cast(list_position as integer) as list_position,
    person_id,
    department,
    job,
    credit_id
from entries
order by movie_id, list_position
