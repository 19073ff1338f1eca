-- The people of a name who have acted, most films first.
select
    person_id as id,
    person_name as nombre,
    cast_movie_count as cantidad_peliculas
from marts.dim_people
where person_name_key = marts.text_key($nombre) and cast_movie_count > 0
order by cast_movie_count desc, person_id < 0, person_id
