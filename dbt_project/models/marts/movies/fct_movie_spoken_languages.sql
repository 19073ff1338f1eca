with

movie_entities as (

    select * from {{ ref('int_movie_entities_unnested') }} where entity_role = 'spoken_language'

)

select
    movie_id,
    entity_id as language_code,
    list_position
from movie_entities
order by movie_id, list_position
