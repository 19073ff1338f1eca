-- The film that a title names and its five nearest films, each with the five shared terms that weigh most in their
-- similarity (the product of both films' weights; the products of all shared terms add up to the score).
with

chosen as (

    select
        movie_id,
        title
    from pelicula_elegida($nombre, $anio, $id)

),

nearest as (

    select
        neighbors.neighbor_movie_id,
        neighbors.neighbor_rank,
        neighbors.score
    from recommender.neighbors
    inner join chosen on neighbors.movie_id = chosen.movie_id
    where neighbors.neighbor_rank <= 5
    limit 5 -- five ranks are five rows; DuckDB plans better when it knows

),

own_terms as (

    select
        movie_terms.term_id,
        movie_terms.weight
    from recommender.movie_terms
    inner join chosen on movie_terms.movie_id = chosen.movie_id

),

shared_terms as (

    select
        nearest.neighbor_movie_id,
        own_terms.term_id,
        own_terms.weight * movie_terms.weight as contribution
    from nearest
    inner join recommender.movie_terms on nearest.neighbor_movie_id = movie_terms.movie_id
    inner join own_terms on movie_terms.term_id = own_terms.term_id
    qualify row_number() over (
        partition by nearest.neighbor_movie_id order by contribution desc, own_terms.term_id
    ) <= 5
    limit 25 -- as above: five films, five terms each

),

reasons as (

    select
        shared_terms.neighbor_movie_id,
        list(
            {
                'tipo': case terms.field
                    when 'text' then 'texto'
                    when 'genre' then 'genero'
                    when 'keyword' then 'palabra_clave'
                    when 'cast' then 'reparto'
                    when 'director' then 'direccion'
                    when 'collection' then 'franquicia'
                end,
                'termino': terms.term,
                'contribucion': shared_terms.contribution
            }
            order by shared_terms.contribution desc, shared_terms.term_id
        ) as motivos
    from shared_terms
    inner join recommender.terms on shared_terms.term_id = terms.term_id
    group by shared_terms.neighbor_movie_id

),

recommendations as (

    select
        list(
            {
                'id': dim_movies.movie_id,
                'titulo': dim_movies.title,
                'anio': dim_movies.release_year,
                'puntaje': nearest.score,
                'motivos': reasons.motivos
            }
            order by nearest.neighbor_rank
        ) as recomendaciones
    from nearest
    inner join reasons on nearest.neighbor_movie_id = reasons.neighbor_movie_id
    inner join marts.dim_movies on nearest.neighbor_movie_id = dim_movies.movie_id

)

select
    chosen.movie_id as id,
    chosen.title as titulo,
    coalesce(recommendations.recomendaciones, []) as recomendaciones
from chosen
cross join recommendations
