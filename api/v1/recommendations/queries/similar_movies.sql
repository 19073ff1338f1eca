-- Films for people who like all of these films, best first: the result of /v1/recommendations for the same ids, in SQL.
with

liked as (

    select
        movies.movie_id,
        movies.release_year,
        movies.prior_share,
        sum(own.weight::double * own.weight) as own_content
    from recommender.movies as movies
    inner join recommender.movie_terms as own on movies.movie_id = own.movie_id
    where movies.movie_id in $movie_id
    group by movies.movie_id, movies.release_year, movies.prior_share

),

-- The sum over many likes is divided by the square root of their number. A film must share enough with one of them.
taste as (

    select
        count(*) as like_count,
        1 / sqrt(count(*)) as like_share,
        avg(prior_share) as prior_share,
        min(least(least_content, least_content_share * own_content)) / sqrt(count(*)) as least_content
    from liked
    cross join (
        select
            (config_json ->> 'least_content')::double as least_content,
            (config_json ->> 'least_content_share')::double as least_content_share
        from recommender.model
    ) as model

),

content as (

    select
        other.movie_id,
        sum(own.weight::double * other.weight) * any_value(taste.like_share) as content_score
    from recommender.movie_terms as own
    inner join recommender.movie_terms as other on own.term_id = other.term_id
    cross join taste
    where own.movie_id in $movie_id and other.movie_id not in $movie_id
    group by other.movie_id
    having content_score >= any_value(taste.least_content)

),

years as (

    select
        years.release_year,
        avg(
            model.year_weight::double
            * exp(-abs(liked.release_year - years.release_year) / model.year_scale_years)
        ) as year_score
    from (select distinct release_year from recommender.movies) as years
    cross join liked
    cross join recommender.model as model
    group by years.release_year

)

select
    movies.movie_id,
    films.title,
    movies.release_year,
    content.content_score + years.year_score + taste.prior_share * movies.prior_score as score,
    content.content_score,
    years.year_score,
    taste.prior_share * movies.prior_score as prior_score
from content
inner join recommender.movies as movies on content.movie_id = movies.movie_id
inner join marts.dim_movies as films on movies.movie_id = films.movie_id
inner join years on movies.release_year = years.release_year
cross join taste
order by score desc, movies.movie_id
limit 50
