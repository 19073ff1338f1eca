with

entries as (

    select * from {{ ref('int_movie_countries_unnested') }}

)

select
    movie_id,
    country_code,
    cast(list_position as integer) as list_position
from entries
order by movie_id, list_position
