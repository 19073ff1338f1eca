with

entities as (

    select * from {{ ref('int_entities_aggregated') }} where entity_kind = 'company'

)

select
    cast(entity_id as bigint) as company_id,
    entity_name as company_name,
    {{ text_key('entity_name') }} as company_name_key,
    movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from entities
order by company_id
