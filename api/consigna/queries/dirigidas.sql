-- The films that a person directed, newest first. As assigned, unknown money and returns are 0.
select
    films.movie_id as id,
    films.title as titulo,
    films.release_date as fecha_estreno,
    films.release_year as anio,
    coalesce(films.return_ratio, 0) as retorno,
    coalesce(films.budget_usd, 0) as costo,
    coalesce(films.revenue_usd, 0) as ganancia,
    films.profit_usd as beneficio_neto
from marts.fct_movie_directors as directed
inner join marts.dim_movies as films on directed.movie_id = films.movie_id
where directed.person_id = $id
order by films.release_date desc, films.movie_id
