-- The actors' names nearest to one that is not known, best first; of names about as near, the one with most films.
with

names as (

    select
        person_name as nombre,
        person_id,
        cast_movie_count as weight,
        similarity(person_name_key, marts.text_key($nombre)) as similarity
    from marts.dim_people
    where cast_movie_count > 0

)

select nombre
from names
where similarity >= 0.8
group by nombre
order by max(round(similarity, 1)) desc, max(weight) desc, min(person_id)
limit 5
