-- What a director's films returned, and each film, newest first. Of several people of one name, the one who directed most
-- films answers. The assignment answers 0 where money or return is unknown.
with

bearers as (

    select
        person_id,
        person_name,
        directed_movie_count,
        person_id < 0 as is_derived_id,
    from marts.dim_people
    where person_name_key = marts.text_key($nombre) and directed_movie_count > 0

),

chosen as (

    select
        *,
        list({'id': person_id, 'nombre': person_name, 'cantidad_peliculas': directed_movie_count}) over (
            order by directed_movie_count desc, is_derived_id, person_id
            rows between unbounded preceding and unbounded following exclude current row
        ) as namesakes,
    from bearers
    qualify $id is null or person_id = $id
    order by directed_movie_count desc, is_derived_id, person_id
    limit 1

),

films as (

    select
        list(
            {
                'id': dim_movies.movie_id,
                'titulo': dim_movies.title,
                'fecha_estreno': dim_movies.release_date,
                'anio': dim_movies.release_year,
                'retorno': coalesce(dim_movies.return_ratio, 0),
                'costo': coalesce(dim_movies.budget_usd, 0),
                'ganancia': coalesce(dim_movies.revenue_usd, 0),
                'beneficio_neto': dim_movies.profit_usd
            }
            order by dim_movies.release_date desc, dim_movies.movie_id
        ) as peliculas,
    from chosen
    inner join marts.fct_movie_directors on chosen.person_id = fct_movie_directors.person_id
    inner join marts.dim_movies on fct_movie_directors.movie_id = dim_movies.movie_id

)

select
    chosen.person_id as id,
    chosen.person_name as director,
    returns.movie_count as cantidad_peliculas,
    coalesce(returns.total_return_ratio, 0) as retorno_total,
    coalesce(returns.mean_return_ratio, 0) as retorno_promedio,
    coalesce(chosen.namesakes, []) as homonimos,
    films.peliculas,
from chosen
inner join marts.fct_returns_by_director as returns on chosen.person_id = returns.person_id
cross join films
