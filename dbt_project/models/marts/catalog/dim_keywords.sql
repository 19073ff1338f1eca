with

entities as (

    select * from {{ ref('int_entities_aggregated') }} where entity_kind = 'keyword'

)

select
    cast(entity_id as bigint) as keyword_id,
    entity_name as keyword_name,
    {{ text_key('entity_name') }} as keyword_name_key,
    movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from entities
order by keyword_id
