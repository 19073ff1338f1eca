-- Shared terms, years and prior add up to the score. Terms are checked for the first neighbor of each film.
with own as materialized (
    select pairs.movie_id, pairs.neighbor_movie_id, terms.term_id, terms.weight
    from recommender.neighbors as pairs
    inner join recommender.movie_terms as terms on pairs.movie_id = terms.movie_id
    where pairs.neighbor_rank = 1
),

shared as (
    select own.movie_id, sum(own.weight::double * other.weight) as content_score
    from own
    inner join recommender.movie_terms as other
        on own.neighbor_movie_id = other.movie_id and own.term_id = other.term_id
    group by own.movie_id
)

select count(*)
from recommender.neighbors as pairs
inner join recommender.movies as seed on pairs.movie_id = seed.movie_id
inner join recommender.movies as neighbor on pairs.neighbor_movie_id = neighbor.movie_id
left join shared on pairs.movie_id = shared.movie_id
cross join recommender.model as model
where
    abs(pairs.score::double - pairs.content_score - pairs.year_score - pairs.prior_score) > 1e-5
    or abs(pairs.prior_score - seed.prior_share::double * neighbor.prior_score) > 1e-5
    or abs(pairs.year_score - model.year_weight * exp(
        -abs(seed.release_year - neighbor.release_year) / model.year_scale_years
    )) > 1e-5
    or pairs.neighbor_rank = 1 and abs(coalesce(shared.content_score, 0) - pairs.content_score) > 1e-5
