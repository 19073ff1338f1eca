with

movies as (

    select * from {{ ref('dim_movies') }}

),

names as (

    select * from {{ ref('month_names') }}

),

releases as (

    select
        release_month,
        count(*) as movie_count,
        count(*) filter (where not is_placeholder_date) as non_placeholder_movie_count
    from movies
    group by release_month

)

select
    names.release_month,
    names.month_name_es,
    names.month_name_en,
    split(names.accepted_keys, ' ') as accepted_keys,
    coalesce(releases.movie_count, 0) as movie_count,
    coalesce(releases.non_placeholder_movie_count, 0) as non_placeholder_movie_count
from names
left join releases on names.release_month = releases.release_month
order by names.release_month
