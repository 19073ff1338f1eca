-- Which person a name or an id stands for; a name may stand for several.
select person_id as id
from marts.dim_people
where person_name_key = marts.text_key($name)

union

select person_id as id
from marts.dim_people
where person_id = as_id($name)
order by id
