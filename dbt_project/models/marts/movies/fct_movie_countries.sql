with

movie_entities as (

    select * from {{ ref('int_movie_entities_unnested') }} where entity_role = 'country'

)

select
    movie_id,
    entity_id as country_code,
    list_position
from movie_entities
order by movie_id, list_position
