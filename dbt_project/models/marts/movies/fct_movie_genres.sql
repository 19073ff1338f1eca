with

entries as (

    select * from {{ ref('int_movie_genres_unnested') }}

)

select
    movie_id,
    genre_id,
    cast(list_position as integer) as list_position
from entries
order by movie_id, list_position
