with

entries as (

    select * from {{ ref('int_cast_entries_unnested') }}

)

select
    movie_id,
    cast(list_position as integer) as list_position,
    person_id,
    character_name,
    billing_order,
    credit_id,
    cast_id
from entries
order by movie_id, list_position
