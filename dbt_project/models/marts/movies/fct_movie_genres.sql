with

movie_entities as (

    select * from {{ ref('int_movie_entities_unnested') }} where entity_role = 'genre'

)

select
    movie_id,
    cast(entity_id as bigint) as genre_id,
    list_position
from movie_entities
order by movie_id, list_position
