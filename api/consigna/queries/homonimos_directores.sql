-- The people of a name who have directed, most films first.
select
    person_id as id,
    person_name as nombre,
    directed_movie_count as cantidad_peliculas
from marts.dim_people
where person_name_key = marts.text_key($nombre) and directed_movie_count > 0
order by directed_movie_count desc, person_id < 0, person_id
