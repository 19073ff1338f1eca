with

movie_entities as (

    select * from {{ ref('int_movie_entities_unnested') }} where entity_role = 'keyword'

)

select
    movie_id,
    cast(entity_id as bigint) as keyword_id,
    list_position
from movie_entities
order by movie_id, list_position
