-- The countries nearest to one that is not known, best first; of names about as near, the one with most films.
with

names as (

    select
        country_name as nombre,
        country_code,
        movie_count as weight,
        similarity(country_name_key, marts.text_key($nombre)) as similarity
    from marts.dim_countries

)

select nombre
from names
where similarity >= 0.8
group by nombre
order by max(round(similarity, 1)) desc, max(weight) desc, min(country_code)
limit 5
