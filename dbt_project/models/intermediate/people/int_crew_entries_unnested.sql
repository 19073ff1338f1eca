with

credits as (

    select * from {{ ref('int_credits_screened') }} where rejection_reason is null

),

entries as (

    select
        movie_id,
        {{ unnest_entries('crew_entries') }}
    from credits

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
