with

entities as (

    select * from {{ ref('int_entities_aggregated') }} where entity_kind = 'language'

)

select
    entity_id as language_code,
    entity_name as language_name,
    {{ text_key('entity_name') }} as language_name_key,
    movie_count,
    spoken_movie_count,
    known_revenue_movie_count,
    total_revenue_usd
from entities
order by language_code
