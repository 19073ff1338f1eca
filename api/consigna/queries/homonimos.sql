-- The people with a name who have acted or, if $dirige, directed, most films first.
select
    person_id as id,
    person_name as nombre,
    movie_count as cantidad_peliculas
from personas_llamadas($nombre, $dirige)
where movie_count > 0
order by movie_count desc, person_id < 0, person_id
