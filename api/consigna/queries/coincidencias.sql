-- The films with a title or, if $por_titulo_original, an original title, most votes first.
select
    movie_id as id,
    title as titulo,
    release_year as anio
from peliculas_tituladas($nombre, $por_titulo_original)
order by tmdb_vote_count desc nulls last, movie_id
