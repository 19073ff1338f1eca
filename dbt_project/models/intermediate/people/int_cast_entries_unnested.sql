with

credits as (

    select * from {{ ref('int_credits_screened') }} where rejection_reason is null

),

entries as (

    select
        movie_id,
        {{ unnest_entries('cast_entries') }}
    from credits

)

select
    movie_id,
    list_position,
    {{ identity('entry.id', 'entry.name') }} as person_id,
    entry.name as person_name,
    {{ read_integer('entry.gender') }} as gender_code,
    entry.profile_path,
    entry.character as character_name,
    {{ read_integer('entry.order') }} as billing_order,
    entry.credit_id,
    {{ read_integer('entry.cast_id') }} as cast_id
from entries
