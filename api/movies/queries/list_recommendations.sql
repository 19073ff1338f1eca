-- The films nearest to a film, and the shared terms that add most to each one's score: the products of both weights.
with

neighbors as (

    select
        neighbor_rank,
        neighbor_movie_id,
        score
    from recommender.neighbors
    where movie_id = $movie_id

),

shared_terms as (

    select
        neighbors.neighbor_rank,
        own.term_id,
        own.weight * other.weight as contribution
    from neighbors
    inner join recommender.movie_terms as other on neighbors.neighbor_movie_id = other.movie_id
    inner join recommender.movie_terms as own on other.term_id = own.term_id
    where own.movie_id = $movie_id
    qualify row_number() over (partition by neighbors.neighbor_rank order by contribution desc, own.term_id) <= 5

),

reasons as (

    select
        shared_terms.neighbor_rank,
        list(
            { 'field': terms.field, 'term': terms.term, 'contribution': shared_terms.contribution }
            order by shared_terms.contribution desc, shared_terms.term_id
        ) as reasons
    from shared_terms
    inner join recommender.terms as terms on shared_terms.term_id = terms.term_id
    group by shared_terms.neighbor_rank

)

select
    neighbors.neighbor_rank,
    neighbors.neighbor_movie_id as movie_id,
    movies.title,
    movies.release_year,
    movies.tmdb_vote_count,
    movies.tmdb_vote_mean,
    neighbors.score,
    reasons.reasons
from neighbors
inner join marts.dim_movies as movies on neighbors.neighbor_movie_id = movies.movie_id
inner join reasons on neighbors.neighbor_rank = reasons.neighbor_rank
