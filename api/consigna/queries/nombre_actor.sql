-- The returns of an actor's films.
select
    chosen.person_id as id,
    chosen.person_name as actor,
    returns.movie_count as cantidad_peliculas,
    returns.total_return_ratio as retorno_total,
    coalesce(returns.mean_return_ratio, 0) as retorno_promedio,
    returns.excluded_directed_movie_count as peliculas_dirigidas_excluidas,
    returns.known_return_movie_count as peliculas_con_retorno,
    returns.known_mean_return_ratio as retorno_promedio_conocido,
    returns.known_median_return_ratio as retorno_mediano_conocido,
    returns.pooled_return_ratio as retorno_ponderado,
    chosen.homonimos
from persona_elegida($nombre, false, $id) as chosen
inner join marts.fct_returns_by_actor as returns on chosen.person_id = returns.person_id
where returns.director_policy = case $directores when 'incluir' then 'included' else 'excluded' end
