-- The revenue of a production company's films. TMDB has some companies under several ids: they count as one, and a
-- film of two of them counts once.
with

companies as (

    select
        company_id,
        company_name,
        movie_count
    from marts.dim_companies
    where company_name_key = marts.text_key($nombre)

),

films as (

    select distinct fct_movie_companies.movie_id
    from marts.fct_movie_companies
    inner join companies on fct_movie_companies.company_id = companies.company_id

)

select
    (select company_name from companies order by movie_count desc, company_id limit 1) as productora,
    count(*) as cantidad_peliculas,
    coalesce(sum(dim_movies.revenue_usd), 0)::bigint as recaudacion_total
from films
inner join marts.dim_movies on films.movie_id = dim_movies.movie_id
having count(*) > 0
