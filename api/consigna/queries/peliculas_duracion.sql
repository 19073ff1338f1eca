-- How long the film that a title names runs.
select
    movie_id as id,
    title as titulo,
    release_year as anio,
    runtime_minutes as duracion_minutos,
    otras_coincidencias
from pelicula_elegida($nombre, $por_titulo_original, $anio, $id)
