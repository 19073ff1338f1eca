-- The score of a film for people who like another one: shared terms, closeness of the release years, prior score.
with

shared as (

    select sum(own.weight::double * other.weight) as content_score
    from recommender.movie_terms as own
    inner join recommender.movie_terms as other on own.term_id = other.term_id
    where own.movie_id = $movie_id and other.movie_id = $other_movie_id

),

parts as (

    select
        liked.movie_id,
        other.movie_id as other_movie_id,
        coalesce(shared.content_score, 0) as content_score,
        model.year_weight::double
        * exp(-abs(liked.release_year - other.release_year) / model.year_scale_years) as year_score,
        liked.prior_share::double * other.prior_score as prior_score
    from recommender.movies as liked
    cross join recommender.movies as other
    cross join recommender.model as model
    cross join shared
    where liked.movie_id = $movie_id and other.movie_id = $other_movie_id

)

select
    parts.movie_id,
    parts.other_movie_id,
    neighbors.neighbor_rank,
    parts.content_score + parts.year_score + parts.prior_score as score,
    parts.content_score,
    parts.year_score,
    parts.prior_score
from parts
left join recommender.neighbors as neighbors
    on parts.movie_id = neighbors.movie_id and parts.other_movie_id = neighbors.neighbor_movie_id
