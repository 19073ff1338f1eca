-- The votes of the film with a title, null below 2,000 votes.
select
    movie_id as id,
    title as titulo,
    release_year as anio,
    2000 as minimo_votos,
    coalesce(tmdb_vote_count, 0) >= minimo_votos as cumple_minimo,
    if(cumple_minimo, tmdb_vote_count, null) as votos,
    if(cumple_minimo, tmdb_vote_mean, null) as promedio,
    otras_coincidencias
from pelicula_elegida($nombre, $por_titulo_original, $anio, $id)
