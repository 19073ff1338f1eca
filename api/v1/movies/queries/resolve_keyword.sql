-- Which keyword a name or an id stands for; a name may stand for several.
select keyword_id as id
from marts.dim_keywords
where keyword_name_key = marts.text_key($name)

union

select keyword_id as id
from marts.dim_keywords
where keyword_id = as_id($name)
order by id
