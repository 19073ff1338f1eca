with

entities as (

    select * from {{ ref('int_entities_aggregated') }} where entity_kind = 'country'

)

select
    entity_id as country_code,
    entity_name as country_name,
    {{ text_key('entity_name') }} as country_name_key,
    movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from entities
order by country_code
