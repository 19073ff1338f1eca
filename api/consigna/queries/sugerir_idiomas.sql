-- The languages nearest to one that is not known, by code or by name, best first; of names about
-- as near, the one with most films.
with

names as (

    select
        language_code as nombre,
        language_code,
        movie_count as weight,
        similarity(language_code, marts.text_key($nombre)) as similarity
    from marts.dim_languages

    union all

    select
        language_name as nombre,
        language_code,
        movie_count as weight,
        similarity(language_name_key, marts.text_key($nombre)) as similarity
    from marts.dim_languages

)

select nombre
from names
where similarity >= 0.8
group by nombre
order by max(round(similarity, 1)) desc, max(weight) desc, min(language_code)
limit 5
