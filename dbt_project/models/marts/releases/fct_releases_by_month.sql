with

movies as (

    select * from {{ ref('dim_movies') }}

),

names as (

    select * from {{ source('lookups', 'month_names') }}

),

releases as (

    {{ count_releases('movies', 'release_month') }}

)

select
    cast(names.release_month as integer) as release_month,
    names.month_name_es,
    names.month_name_en,
    string_split(names.accepted_keys, '|') as accepted_keys,
    coalesce(releases.movie_count, 0) as movie_count,
    coalesce(releases.non_placeholder_movie_count, 0) as non_placeholder_movie_count
from names
left join releases on names.release_month = releases.release_month
order by names.release_month
