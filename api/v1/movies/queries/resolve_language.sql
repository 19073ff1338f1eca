-- Which language a name or a code stands for; a name may stand for several.
select language_code as id
from marts.dim_languages
where language_name_key = marts.text_key($name)

union

select language_code as id
from marts.dim_languages
where language_code = lower($name)
order by id
