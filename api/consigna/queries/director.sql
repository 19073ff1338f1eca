-- What a director's films returned; the films are asked for by the person's id: dirigidas.sql. Of several people of one
-- name, the one who directed most films answers.
with

chosen as (

    select
        person_id,
        person_name,
        coalesce(
            list({ 'id': person_id, 'nombre': person_name, 'cantidad_peliculas': directed_movie_count })
            filter (where directed_movie_count > 0)
                over (
                    order by directed_movie_count desc, person_id < 0, person_id
                    rows between unbounded preceding and unbounded following exclude current row
                ),
            []
        ) as homonimos
    from marts.dim_people
    where person_name_key = marts.text_key($nombre)
    -- Not in `where`, beside the key: DuckDB would then scan all people instead of looking the key up in its index.
    qualify directed_movie_count > 0 and ($id is null or person_id = $id)
    order by directed_movie_count desc, person_id < 0, person_id
    limit 1

)

select
    chosen.person_id as id,
    chosen.person_name as director,
    returns.movie_count as cantidad_peliculas,
    returns.total_return_ratio as retorno_total,
    coalesce(returns.mean_return_ratio, 0) as retorno_promedio,
    chosen.homonimos
from chosen
inner join marts.fct_returns_by_director as returns on chosen.person_id = returns.person_id
