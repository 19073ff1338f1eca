with

movies as (

    select * from {{ ref('dim_movies') }}

),

names as (

    select * from {{ ref('weekday_names') }}

),

releases as (

    select
        release_weekday,
        count(*) as movie_count,
        count(*) filter (where not is_placeholder_date) as non_placeholder_movie_count
    from movies
    group by release_weekday

)

select
    names.release_weekday,
    names.weekday_name_es,
    names.weekday_name_en,
    split(names.accepted_keys, ' ') as accepted_keys,
    coalesce(releases.movie_count, 0) as movie_count,
    coalesce(releases.non_placeholder_movie_count, 0) as non_placeholder_movie_count
from names
left join releases on names.release_weekday = releases.release_weekday
order by names.release_weekday
