-- The five films nearest to a film, each with the five shared terms that weigh most in their similarity (the product of
-- both films' weights; the products of all shared terms add up to the score).
with

nearest as (

    select
        neighbor_movie_id,
        neighbor_rank,
        score
    from recommender.neighbors
    where movie_id = $id and neighbor_rank <= 5
    limit 5 -- five ranks are five rows; DuckDB plans better when it knows

),

shared_terms as (

    select
        theirs.movie_id,
        theirs.term_id,
        own.weight * theirs.weight as contribution
    from recommender.movie_terms as own
    inner join recommender.movie_terms as theirs on own.term_id = theirs.term_id
    where own.movie_id = $id and theirs.movie_id in (select neighbor_movie_id from nearest)
    qualify row_number() over (partition by theirs.movie_id order by contribution desc, theirs.term_id) <= 5
    limit 25 -- as above: five films, five terms each

)

select
    films.movie_id as id,
    films.title as titulo,
    films.release_year as anio,
    nearest.score as puntaje,
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
from nearest
inner join marts.dim_movies as films on nearest.neighbor_movie_id = films.movie_id
inner join shared_terms on nearest.neighbor_movie_id = shared_terms.movie_id
inner join recommender.terms as terms on shared_terms.term_id = terms.term_id
group by films.movie_id, films.title, films.release_year, nearest.score, nearest.neighbor_rank
order by nearest.neighbor_rank
