-- The returns of a director's films; dirigidas.sql lists the films by the person's id, which is faster than a join.
select
    chosen.person_id as id,
    chosen.person_name as director,
    returns.movie_count as cantidad_peliculas,
    returns.total_return_ratio as retorno_total,
    coalesce(returns.mean_return_ratio, 0) as retorno_promedio,
    chosen.homonimos
from persona_elegida($nombre, true, $id) as chosen
inner join marts.fct_returns_by_director as returns on chosen.person_id = returns.person_id
