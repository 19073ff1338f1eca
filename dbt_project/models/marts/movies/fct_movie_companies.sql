with

entries as (

    select * from {{ ref('int_movie_companies_unnested') }}

)

select
    movie_id,
    company_id,
    cast(list_position as integer) as list_position
from entries
order by movie_id, list_position
