with

entities as (

    select * from {{ ref('int_entities_aggregated') }} where entity_kind = 'collection'

)

select
    cast(entity_id as bigint) as collection_id,
    entity_name as collection_name,
    {{ text_key('entity_name') }} as collection_name_key,
    movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from entities
order by collection_id
