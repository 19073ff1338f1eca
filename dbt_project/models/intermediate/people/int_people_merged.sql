with

entries as (

    select person_id, {{ known_text('person_name') }} as person_name, gender_code, profile_path
    from {{ ref('int_cast_entries_unnested') }}
    where person_id is not null

    union all

    select person_id, {{ known_text('person_name') }} as person_name, gender_code, profile_path
    from {{ ref('int_crew_entries_unnested') }}
    where person_id is not null

),

name_counts as (

    select
        person_id,
        person_name,
        count(*) as entry_count
    from entries
    group by person_id, person_name

),

-- The most frequent name of a person, the first in the alphabet among equals.
names as (

    select
        person_id,
        person_name
    from name_counts
    qualify
        row_number() over (partition by person_id order by person_name is null, entry_count desc, person_name) = 1

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
