with

cast_entries as (

    select * from {{ ref('int_cast_entries_unnested') }}

),

crew_entries as (

    select * from {{ ref('int_crew_entries_unnested') }}

),

entries as (

    select person_id, {{ known_text('person_name') }} as person_name, gender_code, profile_path
    from cast_entries
    where person_id is not null
    union all
    select person_id, {{ known_text('person_name') }} as person_name, gender_code, profile_path
    from crew_entries
    where person_id is not null

),

names as (

    {{ most_common_name('entries', 'person_id', 'person_name') }}

),

attributes as (

    select
        person_id,
        max(gender_code) as gender_code,
        min(profile_path) as profile_path
    from entries
    group by person_id

)

select
    names.person_id,
    names.person_name,
    attributes.gender_code,
    attributes.profile_path
from names
inner join attributes on names.person_id = attributes.person_id
