-- The number of films whose original language is the one with a code or a name.
select
    language_code as idioma,
    movie_count as cantidad
from marts.dim_languages
where language_code = lower(trim($nombre)) or language_name_key = marts.text_key($nombre)
order by language_code = lower(trim($nombre)) desc, movie_count desc, language_code
limit 1
