-- The five films nearest to a film, each with the shared terms that add most to their score.
with

nearest as (

    select
        neighbor_movie_id,
        neighbor_rank,
        score
    from recommender.neighbors
    where movie_id = $id and neighbor_rank <= 5

),

named_reasons as (

    select
        neighbor_rank,
        list(
            {
                'tipo': case field
                    when 'text' then 'texto'
                    when 'genre' then 'genero'
                    when 'keyword' then 'palabra_clave'
                    when 'cast' then 'reparto'
                    when 'director' then 'direccion'
                    when 'collection' then 'franquicia'
                end,
                'termino': term,
                'contribucion': contribution
            }
            order by reason_rank
        ) as motivos
    from recommender.reasons
    where movie_id = $id
    group by neighbor_rank

)

select
    films.movie_id as id,
    films.title as titulo,
    films.release_year as anio,
    nearest.score as puntaje,
    named_reasons.motivos
from nearest
inner join named_reasons on nearest.neighbor_rank = named_reasons.neighbor_rank
inner join marts.dim_movies as films on nearest.neighbor_movie_id = films.movie_id
order by nearest.neighbor_rank
