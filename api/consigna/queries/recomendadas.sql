-- The five films nearest to a film, a row for each of the shared terms that add most to their score.
select
    films.movie_id as id,
    films.title as titulo,
    films.release_year as anio,
    neighbors.score as puntaje,
    case reasons.field
        when 'text' then 'texto'
        when 'genre' then 'genero'
        when 'keyword' then 'palabra_clave'
        when 'cast' then 'reparto'
        when 'director' then 'direccion'
        when 'collection' then 'franquicia'
    end as tipo,
    reasons.term as termino,
    reasons.contribution as contribucion
from recommender.neighbors as neighbors
inner join recommender.reasons as reasons
    on neighbors.movie_id = reasons.movie_id and neighbors.neighbor_rank = reasons.neighbor_rank
inner join marts.dim_movies as films on neighbors.neighbor_movie_id = films.movie_id
where neighbors.movie_id = $id and reasons.movie_id = $id and neighbors.neighbor_rank <= 5
order by neighbors.neighbor_rank, reasons.reason_rank
