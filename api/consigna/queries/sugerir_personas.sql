-- The actors' or, if $dirige, directors' names most similar to a name, best first; of about equally similar names, the
-- one with most films.
with

names as (

    select
        person_name as nombre,
        person_id,
        if($dirige, directed_movie_count, cast_movie_count) as movie_count,
        similarity(person_name_key, marts.text_key($nombre)) as similarity
    from marts.dim_people

)

select nombre
from names
where similarity >= 0.8 and movie_count > 0
group by nombre
order by max(round(similarity, 1)) desc, max(movie_count) desc, min(person_id)
limit 5
