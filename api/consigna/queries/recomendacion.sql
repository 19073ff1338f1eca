-- The film that a title names; the films nearest to it are asked for by its id: recomendadas.sql.
select
    movie_id as id,
    title as titulo
from pelicula_elegida($nombre, $por_titulo_original, $anio, $id)
