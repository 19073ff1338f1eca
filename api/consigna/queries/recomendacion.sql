-- The film that a title names; what is recommended for it is asked for by its id.
select
    movie_id as id,
    title as titulo
from pelicula_elegida($nombre, $por_titulo_original, $anio, $id)
