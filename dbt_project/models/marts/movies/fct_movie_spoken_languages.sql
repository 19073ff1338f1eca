with

entries as (

    select * from {{ ref('int_movie_spoken_languages_unnested') }}

)

select
    movie_id,
    language_code,
    cast(list_position as integer) as list_position
from entries
order by movie_id, list_position
