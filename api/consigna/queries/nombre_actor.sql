-- What an actor's films returned. Of several people of one name, the one with most films in the cast answers.
with

chosen as (

    select
        person_id,
        person_name,
        coalesce(
            list({ 'id': person_id, 'nombre': person_name, 'cantidad_peliculas': cast_movie_count })
            filter (where cast_movie_count > 0)
                over (
                    order by cast_movie_count desc, person_id < 0, person_id
                    rows between unbounded preceding and unbounded following exclude current row
                ),
            []
        ) as homonimos
    from marts.dim_people
    where person_name_key = marts.text_key($nombre)
    -- Not in `where`, beside the key: DuckDB would then scan all people instead of looking the key up in its index.
    qualify cast_movie_count > 0 and ($id is null or person_id = $id)
    order by cast_movie_count desc, person_id < 0, person_id
    limit 1

)

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
from chosen
inner join marts.fct_returns_by_actor as returns on chosen.person_id = returns.person_id
where returns.director_policy = case $directores when 'incluir' then 'included' else 'excluded' end
