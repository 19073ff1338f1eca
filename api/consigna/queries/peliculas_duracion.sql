-- The runtime of the film with a title.
select
    movie_id as id,
    title as titulo,
    release_year as anio,
    runtime_minutes as duracion_minutos,
    otras_coincidencias
from pelicula_elegida($nombre, $por_titulo_original, $anio, $id)
