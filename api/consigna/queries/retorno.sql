-- What the film that a title names cost and brought in; the assignment answers 0 where money or return is unknown.
select
    movie_id as id,
    title as titulo,
    release_year as anio,
    coalesce(budget_usd, 0) as inversion,
    coalesce(revenue_usd, 0) as ganancia,
    coalesce(return_ratio, 0) as retorno,
    otras_coincidencias
from pelicula_elegida($nombre, $por_titulo_original, $anio, $id)
