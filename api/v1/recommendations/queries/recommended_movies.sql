-- Films in the order of a list of ids; scores and reasons (as JSON) are lists in the same order.
with

recommended as (

    select
        generate_subscripts($movie_id, 1) as recommendation_rank,
        unnest($movie_id) as movie_id,
        unnest($score)::double as score,
        unnest($content_score)::double as content_score,
        unnest($year_score)::double as year_score,
        unnest($prior_score)::double as prior_score,
        unnest($reasons) as reasons_json,
        unnest($other_terms_score)::double as other_terms_score

)

select
    recommended.recommendation_rank,
    movies.movie_id,
    movies.title,
    movies.release_year,
    movies.tmdb_vote_count,
    movies.tmdb_vote_mean,
    recommended.score,
    recommended.content_score,
    recommended.year_score,
    recommended.prior_score,
    try_cast(
        try_cast(recommended.reasons_json as json)
        as struct(field varchar, term_key varchar, term varchar, contribution double)[]
    ) as reasons,
    recommended.other_terms_score
from recommended
inner join marts.dim_movies as movies on recommended.movie_id = movies.movie_id
order by recommended.recommendation_rank
