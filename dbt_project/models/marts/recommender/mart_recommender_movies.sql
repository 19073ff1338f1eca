with

movies as (

    select * from {{ ref('dim_movies') }}

),

movie_entities as (

    select * from {{ ref('mart_movie_entities') }}

),

named_lists as (

    select
        movie_id,
        list(entity_name order by list_position) filter (where entity_kind = 'keyword') as keyword_names,
        list(entity_name order by list_position) filter (where entity_kind = 'company') as company_names
    from movie_entities
    where entity_kind in ('keyword', 'company')
    group by movie_id

),

actors as (

    select * from {{ ref('int_movie_actors_listed') }}

),

movie_directors as (

    select * from {{ ref('fct_movie_directors') }}

),

people as (

    select * from {{ ref('int_people_merged') }}

),

directors as (

    select
        movie_directors.movie_id,
        list(people.person_id order by people.person_id) as person_ids,
        list(people.person_name order by people.person_id) as person_names
    from movie_directors
    inner join people on movie_directors.person_id = people.person_id
    group by movie_directors.movie_id

)

select
    movies.movie_id,
    movies.title,
    movies.overview,
    movies.tagline,
    movies.collection_id,
    movies.collection_name,
    movies.genre_names,
    coalesce(named_lists.keyword_names, []) as keyword_names,
    coalesce(list_transform(actors.actors, lambda actor: struct_extract(actor, 'person_id')), []) as cast_person_ids,
    coalesce(list_transform(actors.actors, lambda actor: struct_extract(actor, 'person_name')), []) as cast_names,
    coalesce(directors.person_ids, []) as director_person_ids,
    coalesce(directors.person_names, []) as director_names,
    coalesce(named_lists.company_names, []) as company_names,
    movies.original_language_code,
    movies.release_year,
    movies.tmdb_popularity,
    movies.tmdb_vote_count,
    movies.tmdb_vote_mean
from movies
left join named_lists on movies.movie_id = named_lists.movie_id
left join actors on movies.movie_id = actors.movie_id
left join directors on movies.movie_id = directors.movie_id
order by movies.movie_id
