-- The people with a name or an id; several people can have the same name.
select
    person_id,
    person_name
from marts.dim_people
where person_name_key = marts.text_key($name)

union all

select
    person_id,
    person_name
from marts.dim_people
where person_id = as_id($name)
