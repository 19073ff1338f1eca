with

entries as (

    select * from {{ ref('int_movie_countries_unnested') }}

),

movies as (

    select * from {{ ref('dim_movies') }}

),

names as (

    {{ most_common_name('entries', 'country_code', 'country_name') }}

),

totals as (

    {{ movie_totals('entries', 'movies', 'country_code') }}

)

select
    names.country_code,
    names.country_name,
    {{ text_key('names.country_name') }} as country_name_key,
    totals.movie_count,
    totals.known_revenue_movie_count,
    totals.total_revenue_usd
from names
inner join totals on names.country_code = totals.country_code
order by names.country_code
