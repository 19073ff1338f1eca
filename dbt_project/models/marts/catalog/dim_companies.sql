with

entries as (

    select * from {{ ref('int_movie_companies_unnested') }}

),

movies as (

    select * from {{ ref('dim_movies') }}

),

names as (

    {{ most_common_name('entries', 'company_id', 'company_name') }}

),

totals as (

    {{ movie_totals('entries', 'movies', 'company_id') }}

)

select
    names.company_id,
    names.company_name,
    {{ text_key('names.company_name') }} as company_name_key,
    totals.movie_count,
    totals.known_revenue_movie_count,
    totals.total_revenue_usd
from names
inner join totals on names.company_id = totals.company_id
order by names.company_id
