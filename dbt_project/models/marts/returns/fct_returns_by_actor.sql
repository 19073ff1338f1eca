with

actors as (

    select * from {{ ref('fct_movie_actors') }}

),

movies as (

    select * from {{ ref('dim_movies') }}

),

policies as (

    select choices.director_policy from (values ('excluded'), ('included')) as choices (director_policy)

),

acted as (

    select
        actors.person_id,
        policies.director_policy,
        policies.director_policy = 'included' or not actors.is_also_director as is_counted,
        movies.return_ratio,
        movies.revenue_usd,
        movies.budget_usd
    from actors
    inner join movies on actors.movie_id = movies.movie_id
    cross join policies

),

summarized as (

    select
        person_id,
        director_policy,
        count(*) filter (where not is_counted) as excluded_directed_movie_count,
        {{ return_statistics(counted = 'is_counted') }}
    from acted
    group by person_id, director_policy

)

select
    person_id,
    director_policy,
    movie_count,
    excluded_directed_movie_count,
    known_return_movie_count,
    total_return_ratio,
    mean_return_ratio,
    known_mean_return_ratio,
    known_median_return_ratio,
    pooled_return_ratio
from summarized
order by person_id, director_policy
