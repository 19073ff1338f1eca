-- The film with a title; its recommendations come from the recommender.
select
    movie_id as id,
    title as titulo
from pelicula_elegida($nombre, $por_titulo_original, $anio, $id)
