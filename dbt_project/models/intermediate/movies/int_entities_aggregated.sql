with

movies as (

    select * from {{ ref('int_movies_measured') }}

),

movie_entities as (

    select * from {{ ref('int_movie_entities_unnested') }}

),

name_counts as (

    select
        entity_kind,
        entity_id,
        listed_name,
        count(*) as entry_count
    from movie_entities
    where listed_name is not null
    group by entity_kind, entity_id, listed_name

),

-- The most frequent name of an entity, the first in the alphabet among equals.
names as (

    select
        entity_kind,
        entity_id,
        listed_name as entity_name
    from name_counts
    qualify row_number() over (partition by entity_kind, entity_id order by entry_count desc, listed_name) = 1

),

-- A language counts the films whose original language it is, and apart from them the films that speak it.
totals as (

    select
        movie_entities.entity_kind,
        movie_entities.entity_id,
        count(*) filter (where entity_role != 'spoken_language') as movie_count,
        count(*) filter (where entity_role = 'spoken_language') as spoken_movie_count,
        count(movies.revenue_usd) filter (where entity_role != 'spoken_language') as known_revenue_movie_count,
        cast(sum(movies.revenue_usd) filter (where entity_role != 'spoken_language') as bigint) as total_revenue_usd
    from movie_entities
    inner join movies on movie_entities.movie_id = movies.movie_id
    group by movie_entities.entity_kind, movie_entities.entity_id

)

select
    totals.entity_kind,
    totals.entity_id,
    names.entity_name,
    totals.movie_count,
    totals.spoken_movie_count,
    totals.known_revenue_movie_count,
    totals.total_revenue_usd
from totals
left join names
    on
        totals.entity_kind = names.entity_kind
        and totals.entity_id = names.entity_id
