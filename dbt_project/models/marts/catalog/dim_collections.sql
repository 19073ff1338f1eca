with

entries as (

    select * from {{ ref('int_movie_collections_unnested') }}

),

movies as (

    select * from {{ ref('dim_movies') }}

),

names as (

    {{ most_common_name('entries', 'collection_id', 'collection_name') }}

),

totals as (

    {{ movie_totals('entries', 'movies', 'collection_id') }}

)

select
    names.collection_id,
    names.collection_name,
    {{ text_key('names.collection_name') }} as collection_name_key,
    totals.movie_count,
    totals.known_revenue_movie_count,
    totals.total_revenue_usd
from names
inner join totals on names.collection_id = totals.collection_id
order by names.collection_id
