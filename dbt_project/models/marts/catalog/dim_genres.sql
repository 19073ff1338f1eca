with

entities as (

    select * from {{ ref('int_entities_aggregated') }} where entity_kind = 'genre'

)

select
    cast(entity_id as bigint) as genre_id,
    entity_name as genre_name,
    {{ text_key('entity_name') }} as genre_name_key,
    movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from entities
order by genre_id
