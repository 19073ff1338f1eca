-- Films for people who like all of these films, best first: the result of /v1/recommendations for the same ids, in SQL.
with

liked as (

    select
        movies.movie_id,
        movies.release_year,
        movies.prior_share,
        least(
            any_value(model.config_json ->> 'least_content')::double,
            any_value(model.config_json ->> 'least_content_share')::double * sum(own.weight::double * own.weight)
        ) as least_content,
        1 / sqrt(count(*) over ()) as share
    from recommender.movies as movies
    inner join recommender.movie_terms as own on movies.movie_id = own.movie_id
    cross join recommender.model as model
    where movies.movie_id in $movie_id
    group by movies.movie_id, movies.release_year, movies.prior_share

),

-- What every film scores for each liked film alone, if it shares enough with it.
pairs as (

    select
        liked.movie_id as liked_movie_id,
        other.movie_id,
        sum(own.weight::double * other.weight) as content_score,
        content_score >= any_value(liked.least_content) as is_related
    from liked
    inner join recommender.movie_terms as own on liked.movie_id = own.movie_id
    inner join recommender.movie_terms as other on own.term_id = other.term_id
    where other.movie_id not in $movie_id
    group by liked.movie_id, other.movie_id

),

scored_pairs as (

    select
        pairs.liked_movie_id,
        pairs.movie_id,
        pairs.content_score
        + model.year_weight::double * exp(-abs(liked.release_year - movies.release_year) / model.year_scale_years)
        + liked.prior_share * movies.prior_score as score
    from pairs
    inner join liked on pairs.liked_movie_id = liked.movie_id
    inner join recommender.movies as movies on pairs.movie_id = movies.movie_id
    cross join recommender.model as model
    where pairs.is_related

),

-- The best film for each liked film comes before all others.
leaders as (

    select arg_min(movie_id, (-score, movie_id)) as movie_id
    from scored_pairs
    group by liked_movie_id

),

-- Content scores add up; years and priors are averaged. All is divided by the square root of the number of liked films.
parts as (

    select
        movies.movie_id,
        movies.release_year,
        any_value(liked.share) * sum(coalesce(pairs.content_score, 0)) as content_score,
        any_value(liked.share) * avg(
            model.year_weight::double * exp(-abs(liked.release_year - movies.release_year) / model.year_scale_years)
        ) as year_score,
        any_value(liked.share) * avg(liked.prior_share) * any_value(movies.prior_score) as prior_score
    from recommender.movies as movies
    cross join liked
    cross join recommender.model as model
    left join pairs on movies.movie_id = pairs.movie_id and liked.movie_id = pairs.liked_movie_id
    where movies.movie_id in (select scored_pairs.movie_id from scored_pairs)
    group by movies.movie_id, movies.release_year

)

select
    parts.movie_id,
    films.title,
    parts.release_year,
    parts.content_score + parts.year_score + parts.prior_score as score,
    parts.content_score,
    parts.year_score,
    parts.prior_score
from parts
inner join marts.dim_movies as films on parts.movie_id = films.movie_id
order by parts.movie_id not in (select leaders.movie_id from leaders), score desc, parts.movie_id
limit 50
