-- Which genre a name or an id stands for; a name may stand for several.
select genre_id as id
from marts.dim_genres
where genre_name_key = marts.text_key($name)

union

select genre_id as id
from marts.dim_genres
where genre_id = as_id($name)
order by id
