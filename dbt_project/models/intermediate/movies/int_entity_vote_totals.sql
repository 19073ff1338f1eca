with

entries as (

    select * from {{ ref('int_movie_entities_unnested') }}

),

movies as (

    select * from {{ ref('int_movies_measured') }}

)

select
    entries.entity_kind,
    entries.entity_id,
    sum(movies.tmdb_vote_count) as vote_count
from entries
inner join movies on entries.movie_id = movies.movie_id
where entries.entity_role in (entries.entity_kind, 'original_language')
group by entries.entity_kind, entries.entity_id
