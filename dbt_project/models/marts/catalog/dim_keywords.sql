with

entries as (

    select * from {{ ref('int_movie_keywords_unnested') }}

),

movies as (

    select * from {{ ref('dim_movies') }}

),

names as (

    {{ most_common_name('entries', 'keyword_id', 'keyword_name') }}

),

totals as (

    {{ movie_totals('entries', 'movies', 'keyword_id') }}

)

select
    names.keyword_id,
    names.keyword_name,
    {{ text_key('names.keyword_name') }} as keyword_name_key,
    totals.movie_count,
    totals.known_revenue_movie_count,
    totals.total_revenue_usd
from names
inner join totals on names.keyword_id = totals.keyword_id
order by names.keyword_id
