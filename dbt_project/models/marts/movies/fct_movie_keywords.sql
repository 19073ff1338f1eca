with

entries as (

    select * from {{ ref('int_movie_keywords_unnested') }}

)

select
    movie_id,
    keyword_id,
    cast(list_position as integer) as list_position
from entries
order by movie_id, list_position
