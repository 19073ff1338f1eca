-- The budget, revenue and return of the film with a title. As assigned, unknown values are 0.
select
    movie_id as id,
    title as titulo,
    release_year as anio,
    coalesce(budget_usd, 0) as inversion,
    coalesce(revenue_usd, 0) as ganancia,
    coalesce(return_ratio, 0) as retorno,
    otras_coincidencias
from pelicula_elegida($nombre, $por_titulo_original, $anio, $id)
