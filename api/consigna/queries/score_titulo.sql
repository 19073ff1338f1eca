-- The vote average and the popularity of the film with a title.
select
    movie_id as id,
    title as titulo,
    release_year as anio,
    tmdb_vote_mean as score,
    tmdb_popularity as popularidad,
    otras_coincidencias
from pelicula_elegida($nombre, $por_titulo_original, $anio, $id)
